import ArgumentParser
import Foundation
import LabRuns

/// `labctl train`.
struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train an experiment and seal the run.",
        discussion: """
            Inputs that are not given are the newest sealed runs that fit; where there is none, it is made first.

              labctl train policy/dqn
              labctl train policy/dqn --set agent.batchSize=64 --seed 2
              labctl train policy/dqn --config runs/policy.dqn/1/config.yaml
              labctl train policy/dqn --smoke --json
            """)

    @Argument(help: "The experiment's name, as 'labctl experiments list' shows it.")
    var experiment: String

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "The short form: at most 20 CPU seconds, on data without real people.")
    var smoke = false

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await reports.reporting("labctl train", about: experiment) { report in
            let session = Session(common)
            let type = try session.registry.experiment(named: experiment)
            let request = try launch.request(smoke: smoke, in: common.place)
            let sealed = try await session.interruptible { try await train(type, request, session) }
            report.add(sealed)
            try RunOutput.show(sealed, common)
        }
    }

    private func train<E: Experiment>(_ type: E.Type, _ request: LaunchRequest, _ session: Session) async throws
        -> SealedRun
    {
        let common = common
        return try await session.launcher.train(type, request: request, registry: session.registry) { common.note($0) }
    }
}
