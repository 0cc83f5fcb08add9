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
              labctl train --resume policy/dqn/3
            """)

    @Argument(help: "The experiment's name, as 'labctl experiments list' shows it.")
    var experiment: String?

    @Option(help: ArgumentHelp("Go on with a run that was interrupted, instead of beginning one.", valueName: "run"))
    var resume: String?

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "The short form: at most 20 CPU seconds, on data without real people.")
    var smoke = false

    @OptionGroup var reports: ReportOptions

    @OptionGroup var saving: SavingOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (experiment == nil) != (resume == nil) else {
            throw ValidationError("name either an experiment or, with --resume, a run")
        }
        guard resume == nil || (!smoke && launch.isEmpty) else {
            throw ValidationError("a resumed run keeps its configuration, seed and inputs")
        }
    }

    func run() async throws {
        try await reports.reporting("labctl train", about: experiment ?? resume ?? "") { report in
            let session = Session(common, saving)
            let sealed = try await session.interruptible { try await made(session) }
            report.add(sealed)
            try RunOutput.show(sealed, common)
        }
    }

    private func made(_ session: Session) async throws -> SealedRun {
        if let resume {
            try launch.products.apply()
            return try await session.resume(resume, common)
        }
        let type = try session.registry.experiment(named: experiment ?? "")
        return try await train(type, launch.request(smoke: smoke, in: common.place), session)
    }

    private func train<E: Experiment>(_ type: E.Type, _ request: LaunchRequest, _ session: Session) async throws
        -> SealedRun
    {
        let common = common
        return try await session.launcher.train(type, request: request, registry: session.registry) { common.note($0) }
    }
}
