import ArgumentParser
import Foundation
import LabRuns
import LabSimulation
import LabStorage
import LabWorkbench

struct JourneysImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a log out of a file of another program, or of your own CSV by map.",
        discussion: """
            Minari, d3rlpy 2 and D4RL's flat keys are told by what the file holds, the Open Bandit data by its first \
            line. Actions must be discrete, observations vectors. What a file does not say is assumed: everything \
            permitted, propensity unknown, one period between decisions.

              labctl journeys import replay.h5 --out log.h5
              labctl journeys import ~/.minari/datasets/ads/bid-v0 --out log.h5
              labctl journeys import .lab/data/open-bandit/random/men/men.csv --out men.h5
              labctl journeys import decisions.csv --map map.yaml --out log.h5
            """)

    /// The form of what is read.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case minari, d3rlpy, d4rl, lab
        case openBandit = "open-bandit"
        case csv
    }

    struct Report: Encodable {
        let out: String
        let form: String
        let episodes: Int
        let decisions: Int
        let rejected: [UserJourneys.Rejected]
    }

    @Argument(help: "The file, or a folder of Minari.", completion: .file())
    var file: String

    @Option(help: "Its form; told by its content if not given.")
    var format: Form?

    @Option(help: "The map of a CSV, TSV or JSON Lines file (labctl journeys --help).", completion: .file())
    var map: String?

    @Option(help: "Where the log is written; a file there is replaced.", completion: .file(extensions: ["h5"]))
    var out: String

    @Option(help: "Open Bandit: choose the item, or item and position together (itemAndPosition).")
    var choosing = BanditRounds.Action.item

    @OptionGroup var assumptions: AssumptionOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if format == .csv, map == nil { throw ValidationError("--format csv needs --map") }
    }

    func run() throws {
        let source = URL(filePath: file)
        let target = URL(filePath: out)
        let report = try write(source, target)
        for row in report.rejected.prefix(10) {
            common.note("\(source.lastPathComponent), line \(row.line): \(row.reason)")
        }
        if report.rejected.count > 10 { common.note("… and \(report.rejected.count - 10) rows more") }
        common.say(
            "\(out): \(report.episodes) episodes, \(report.decisions) decisions from \(source.lastPathComponent) "
                + "(\(report.form)), \(report.rejected.count) rows set aside")
        try common.emit(report)
    }

    private func write(_ source: URL, _ target: URL) throws -> Report {
        if let map {
            let found = try UserJourneys.convert(source, map: JourneyMap.read(URL(filePath: map)), to: target)
            return Report(
                out: target.path, form: "csv", episodes: found.episodes, decisions: found.decisions,
                rejected: found.rejected)
        }
        let (log, form) = try log(source)
        try log.write(to: target)
        return Report(
            out: target.path, form: form, episodes: log.episodeCount, decisions: log.decisionCount, rejected: [])
    }

    private func log(_ source: URL) throws -> (log: JourneyLog, form: String) {
        if format == .openBandit || (format == nil && OpenBandit.isOpenBandit(source)) {
            let name = "openBandit." + source.deletingPathExtension().lastPathComponent
            return (try OpenBandit.read(source).journeys(choosing: choosing, name: name), Form.openBandit.rawValue)
        }
        if let form = format.flatMap({ JourneyFormat(rawValue: $0.rawValue) }) {
            return (try JourneyFormats.read(source, as: form, assuming: assumptions.value), form.rawValue)
        }
        let form = try JourneyFormat(of: source)
        return (try JourneyFormats.read(source, as: form, assuming: assumptions.value), form.rawValue)
    }
}

extension BanditRounds.Action: ExpressibleByArgument {}
