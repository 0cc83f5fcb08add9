import ArgumentParser
import Foundation
import LabDomain
import LabRuns
import LabSimulation
import LabStatistics
import LabStorage

struct JourneysShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a log holds: episodes, actions, propensities, returns, features.",
        discussion: """
              labctl journeys show profiles/journeys/1
              labctl journeys show replay.h5 --json
            """)

    /// What is known of a log.
    struct Report: Encodable {
        let file: String
        let format: JourneyFormat
        let schema: String
        let schemaDigest: String
        let discount: Double
        let episodes: Int
        let decisions: Int
        let longest: Int
        let ended: Int
        let segments: Int
        let unknownPropensities: Int
        let permittedShare: Double
        let returns: Figure
        let actions: [JourneySummary.Action]
        let features: [JourneySummary.Feature]

        init(_ summary: JourneySummary, _ format: JourneyFormat, _ file: URL) {
            self.file = file.path
            self.format = format
            schema = "\(summary.schema.name) \(summary.schema.version)"
            schemaDigest = Digest.sha256(summary.schema.canonicalText)
            discount = summary.discount
            episodes = summary.episodes
            decisions = summary.decisions
            longest = summary.longest
            ended = summary.ended
            segments = summary.segments
            unknownPropensities = summary.unknownPropensities
            permittedShare = summary.permittedShare
            returns = Figure(
                "return", summary.returns.value, interval: summary.returns.interval, count: summary.returns.count)
            actions = summary.actions
            features = summary.features
        }
    }

    @Argument(help: "A file, a folder of Minari, a dataset or a run.")
    var log: String

    @OptionGroup var assumptions: AssumptionOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let file = try JourneySource.file(log, common)
        let format = try JourneyFormat(of: file)
        // Our own may be larger than memory.
        let summary =
            format == .lab
            ? try JourneySummary(JourneyLogReader(file))
            : JourneySummary(try JourneyFormats.read(file, as: format, assuming: assumptions.value))
        let report = Report(summary, format, file)
        common.say("log        \(report.file) (\(format.rawValue))")
        common.say("states     \(report.schema), \(report.features.count) features, digest \(report.schemaDigest)")
        common.say(
            "episodes   \(report.episodes), of which \(report.ended) ended by themselves; \(report.segments) segments")
        common.say("decisions  \(report.decisions), at most \(report.longest) an episode")
        common.say("return     \(FigureText.value(report.returns)) an episode, discount \(report.discount) a period")
        common.say("permitted  \(FigureText.number(report.permittedShare * 100)) % of the actions on average")
        if report.unknownPropensities > 0 {
            common.say(
                "note: the propensity of \(report.unknownPropensities) decisions is not known; they teach, but no "
                    + "importance-weighted estimate can be made of them")
        }
        common.say()
        common.say(
            TextTable(
                ["action", "taken", "permitted", "propensity", "reward"],
                rows: report.actions.map {
                    [
                        String($0.action), String($0.count), String($0.permitted),
                        FigureText.number($0.meanPropensity), FigureText.number($0.meanReward),
                    ]
                }))
        common.say()
        common.say(
            TextTable(
                ["feature", "mean", "sd", "least", "greatest"],
                rows: report.features.map {
                    [
                        $0.name, FigureText.number($0.mean), FigureText.number($0.standardDeviation),
                        FigureText.number(Double($0.least)), FigureText.number(Double($0.greatest)),
                    ]
                }))
        try common.emit(report)
    }
}
