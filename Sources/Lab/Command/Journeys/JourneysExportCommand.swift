import ArgumentParser
import Foundation
import LabRuns
import LabSimulation
import LabStorage

struct JourneysExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a log in the form of Minari, d3rlpy or D4RL.",
        discussion: """
            Minari and D4RL's keys keep propensities, masks, waits and segments as infos; d3rlpy has no place for them. \
            For Minari the folder is that of its datasets, in which <name>/data is made.

              labctl journeys export profiles/journeys/1 --format d3rlpy --out replay.h5
              labctl journeys export log.h5 --format minari --name ads/mine-v0 --out ~/.minari/datasets
            """)

    struct Report: Encodable {
        let out: String
        let format: JourneyFormat
        let episodes: Int
        let decisions: Int
    }

    @Argument(help: "A file, a dataset or a run.")
    var log: String

    @Option(help: "The form: minari, d3rlpy, d4rl or lab.")
    var format: JourneyFormat

    @Option(help: "The file, for Minari the folder, that is written.", completion: .file())
    var out: String

    @Option(help: "What Minari shall call the dataset.")
    var name = "ads/journeys-v0"

    @OptionGroup var assumptions: AssumptionOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard name.contains(/^[A-Za-z0-9_\-\/]+-v\d+$/), parts.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("--name must be of the form namespace/name-v0, as Minari wants it")
        }
    }

    func run() throws {
        let log = try JourneyFormats.read(try JourneySource.file(log, common), assuming: assumptions.value)
        let target = URL(filePath: out)
        try JourneyFormats.write(log, as: format, to: target, name: name)
        let report = Report(
            out: format == .minari ? target.appending(path: name).path : target.path, format: format,
            episodes: log.episodeCount, decisions: log.decisionCount)
        common.say("\(report.out): \(report.episodes) episodes, \(report.decisions) decisions (\(format.rawValue))")
        try common.emit(report)
    }
}
