import Foundation
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabWorkbench

/// Says how often the language of a text is found; nothing is trained, the model is fastText's lid.176 with rules around it.
public struct IdentificationExperiment: Experiment {
    public static let name = "language/identification"
    public static let summary =
        "Finds the language of texts, or says that it cannot tell, and counts how often that is right."

    public struct Configuration: ExperimentConfiguration {
        public var data = ""
        public var split = "word-pairs"
        public var languages = LanguageIdentifier.benchmarkLanguages

        public init() {}

        public static let settings = [
            Setting(
                "data",
                "A file with a code, a tab and a text a line, or a folder with <split>.txt; empty takes eld-langid."),
            Setting("split", "Of a folder: the name of its file, without the ending."),
            Setting("languages", "ISO 639-1 codes of the candidates."),
        ]

        public func validate() throws {
            try require(languages.count > 1, "languages", languages, "two codes or more")
        }
    }

    public static func datasets(_ configuration: Configuration) -> [String] {
        switch configuration.data {
        case "": [ReaderSource.languageDataset, "eld-langid"]
        case "lab-posts": [ReaderSource.languageDataset, "lab-posts"]
        default: [ReaderSource.languageDataset]
        }
    }

    /// On posts that no real person wrote.
    public static let smoke: Configuration = {
        var configuration = Configuration()
        configuration.data = "lab-posts"
        return configuration
    }()

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let texts = try LanguageTexts(configuration, run)
        let identifier = try ReaderSource(run.dataset).languageIdentifier().restricted(to: configuration.languages)
        var found: [String?] = []
        for (place, text) in texts.texts.enumerated() {
            found.append(identifier.identify(text).code)
            if place % 4_096 == 0 {
                run.progress(Double(place) / Double(texts.texts.count), "\(place) texts")
                try run.checkCancellation()
            }
        }
        return try Self.evaluation(texts, found, identifier)
    }

    /// The same on other texts.
    public func evaluate(
        _ configuration: Configuration, trained: SealedRun, _ run: Run
    ) async throws -> Evaluation { try await train(configuration, run) }

    private static func evaluation(
        _ texts: LanguageTexts, _ found: [String?], _ identifier: LanguageIdentifier
    ) throws -> Evaluation {
        let right = zip(texts.codes, found).map { $0 == $1 }
        let accuracy = try wilson(successes: right.count { $0 }, trials: right.count)
        let unknown = found.count { $0 == nil }
        var evaluation = Evaluation(figures: [
            Figure("accuracy", accuracy, better: .higher),
            Figure("unknown", try wilson(successes: unknown, trials: found.count), better: .lower),
        ])
        if unknown < found.count {
            let answered = found.count - unknown
            let share = try wilson(successes: right.count { $0 }, trials: answered)
            evaluation.figures.append(Figure("accuracy.answered", share, better: .higher))
        }
        var languages = ResultTable(
            "languages",
            columns: ["language", "texts", "accuracy", "lower", "upper", "unknown", "most often mistaken for"])
        for code in Set(texts.codes).sorted() {
            let places = texts.codes.indices.filter { texts.codes[$0] == code }
            let share = try wilson(successes: places.count { right[$0] }, trials: places.count)
            var mistaken: [String: Int] = [:]
            for place in places where !right[place] { if let other = found[place] { mistaken[other, default: 0] += 1 } }
            let worst = mistaken.max { ($0.value, $1.key) < ($1.value, $0.key) }
            languages.rows.append([
                .text(code), Cell(places.count), Cell(share.value), Cell(share.interval.lower),
                Cell(share.interval.upper), Cell(places.count { found[$0] == nil }),
                .text(worst.map { "\($0.key) (\($0.value))" } ?? ""),
            ])
        }
        evaluation.tables.append(languages)
        evaluation.notes.append("Unknown counts as wrong in the accuracy; intervals are Wilson's.")
        let others = Set(texts.codes).subtracting(identifier.languages).sorted()
        if !others.isEmpty {
            evaluation.notes.append("No candidate, so never found: \(others.joined(separator: ", ")).")
        }
        return evaluation
    }
}
