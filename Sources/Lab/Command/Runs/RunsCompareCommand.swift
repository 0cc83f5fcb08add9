import ArgumentParser
import Foundation
import LabCharts
import LabRuns
import LabStatistics
import LabStorage

struct RunsCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Put the settings, figures and curves of runs side by side.",
        discussion: """
            Settings are shown where they differ; figures all, with what they differ from the first run's. A difference has an
            interval where both figures have one; it takes the runs for independent. Runs under equal seeds are compared
            more sharply by 'labctl study'.

              labctl runs compare policy/dqn/1 policy/dqn/2
              labctl runs compare policy/dqn/1 policy/dqn/2 policy/dqn/3 --plot runs.svg --md runs.md
              labctl runs compare policy/dqn/1 policy/dqn/2 --plot loss.svg --metric loss
            """)

    struct Report: Encodable {
        let runs: [String]
        let settings: [String: [ConfigurationValue?]]
        let figures: [String: [FigureReport?]]
        let differences: [RunsComparison.Difference]
        let sameResult: Bool
    }

    @Argument(help: "Two runs or more; differences are taken to the first.", completion: .runs)
    var references: [String]

    @Option(
        help: ArgumentHelp("Draw figures and curves of all runs into this file.", valueName: "svg"), completion: .file()
    )
    var plot: String?

    @Option(parsing: .singleValue, help: "A metric to draw; can be repeated. (default: all that two runs share)")
    var metric: [String] = []

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard references.count >= 2 else { throw ValidationError("give two runs or more") }
        guard metric.isEmpty || plot != nil else { throw ValidationError("--metric belongs to --plot") }
    }

    func run() async throws {
        try await reports.reporting("labctl runs compare", about: references.joined(separator: " ")) { report in
            let comparison = RunsComparison(try references.map { try common.place.run($0) })
            let differences = comparison.differences
            common.say(comparison.table)
            if !differences.isEmpty {
                common.say("")
                common.say(RunsComparison.table(differences))
            }
            let same = comparison.sameResult ? "the results are identical" : "the results differ"
            common.say("")
            common.say(same)
            report.add(
                comparison.runs.map(\.reference).joined(separator: ", "), .passed, properties: [("result", same)])
            report.add(section: "Settings and figures", comparison.table)
            if !differences.isEmpty {
                report.add(section: "Differences", RunsComparison.table(differences), note: same)
            }
            if let plot { try write(comparison.chart(metrics: metric), to: plot) }
            try common.emit(
                Report(
                    runs: comparison.runs.map(\.reference),
                    settings: Dictionary(uniqueKeysWithValues: comparison.settings.map { ($0.key, $0.values) }),
                    figures: Dictionary(
                        uniqueKeysWithValues: comparison.names.map { name in
                            (name, comparison.runs.map { $0.evaluation.figure(name).map(FigureReport.init) })
                        }), differences: differences, sameResult: comparison.sameResult))
        }
    }

    private func write(_ chart: some Chart, to path: String) throws {
        do {
            try AtomicFile.write(Data(chart.file().utf8), to: URL(filePath: path))
        } catch {
            throw RunsError.cannotWrite(path: path, problem: error.localizedDescription)
        }
        common.say("plot: \(path)")
    }
}
