import Foundation
import LabRuns
import LabStatistics
import LabStorage

/// Verifies the corpora that everything later stands on, and says one fact of each with its interval.
///
/// What is measured here is what the published descriptions of the corpora state, so a reader can see at once that the
/// files are the ones that are meant: click rates of the Open Bandit log (Saito et al. 2021), repeat buyers of CDNOW
/// (Fader and Hardie), conversion of the attribution paths, mean rating of the tweets (Hutto and Gilbert 2014).
public struct AuditExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        /// Names in the catalogue.
        public var datasets = ["vader-tweets", "vader-lexicon", "open-bandit", "cdnow", "mta-paths"]
        public init() {}

        public static let settings = [Setting("datasets", "The datasets that are verified, by their catalogue names.")]
    }

    public static let name = "data/audit"
    public static let summary = "Verifies every file of the main datasets and states one known fact of each."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.datasets = ["lab-posts"]
        return configuration
    }

    public init() {}

    public static func datasets(_ configuration: Configuration) -> [String] { configuration.datasets }

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        var files = ResultTable("files", columns: ["dataset", "file", "bytes", "lines"])
        var facts: [Figure] = []
        var bytes = 0
        for (index, name) in configuration.datasets.enumerated() {
            try run.checkCancellation()
            run.progress(Double(index) / Double(configuration.datasets.count), name)
            let dataset = try run.dataset(name)
            for path in DatasetFacts.files[name] ?? [] {
                let content = try Data(contentsOf: dataset.file(path), options: .mappedIfSafe)
                let lines = content.count { $0 == UInt8(ascii: "\n") }
                bytes += content.count
                files.rows.append([.text(name), .text(path), Cell(content.count), Cell(lines)])
            }
            facts += try DatasetFacts.figures(of: dataset)
        }
        run.progress(1)
        let totals = [
            Figure("datasets", Double(configuration.datasets.count)), Figure("bytes", Double(bytes), unit: "B"),
        ]
        return Evaluation(figures: totals + facts, tables: [files])
    }
}
