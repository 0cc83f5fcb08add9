import ArgumentParser
import Foundation
import LabRuns

/// `labctl eval`.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluate what a run trained and seal the evaluation as a run of its own.",
        discussion: """
              labctl eval policy/cql
              labctl eval language/emotion --data tweeteval/emotion --split test --json
              labctl eval language/emotion --data mine.csv --set segment=platform
              labctl eval language/posts --run language/posts/2 --seed 5
            """)

    @Argument(help: "The experiment's name.")
    var experiment: String

    @Option(name: .customLong("run"), help: "The run to evaluate; by default the newest sealed one.")
    var trained: String?

    @Option(
        help: ArgumentHelp(
            "Labelled texts to judge on in place of the experiment's own: a folder in its own layout, or a file.",
            valueName: "folder"),
        completion: .directory)
    var data: String?

    @Option(help: "The part of the data to judge on, such as val or test. (default: test)")
    var split: String?

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "Take the newest run of the short form.")
    var smoke = false

    @OptionGroup var reports: ReportOptions

    @OptionGroup var saving: SavingOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await reports.reporting("labctl eval", about: experiment) { report in
            let session = Session(common, saving)
            let type = try session.registry.experiment(named: experiment)
            let found =
                try trained.map { try common.place.run($0) } ?? common.place.latest(of: experiment, smoke: smoke)
            guard let found else { throw RunsError.missingInput(role: RunRecord.trainedRole, experiment: experiment) }
            var request = try launch.request(smoke: found.record.smoke, in: common.place)
            if let data { request.overrides.append("data=" + YAMLText.quoted(URL(filePath: data).path)) }
            if let split { request.overrides.append("split=" + YAMLText.quoted(split)) }
            let sealed = try await session.interruptible { try await evaluate(type, found, request, session) }
            report.add(sealed)
            try RunOutput.show(sealed, common)
        }
    }

    private func evaluate<E: Experiment>(
        _ type: E.Type, _ trained: SealedRun, _ request: LaunchRequest, _ session: Session
    ) async throws -> SealedRun {
        try await session.launcher.evaluate(type, trained: trained, request: request)
    }
}
