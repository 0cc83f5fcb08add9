import ArgumentParser
import Foundation
import LabRuns

/// `labctl study`.
struct StudyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "study", abstract: "Repeat an experiment under several seeds and variants, and compare.",
        discussion: """
            Every combination of seed and variant is a run of its own; the study is a sealed run that reads them all.
            Interrupted, killed or with a failed run, it goes on when the same command is given again: runs that are sealed
            are not repeated. Differences are taken to the first variant under the same seeds.

              labctl study policy/dqn --seeds 0..9 --vary agent.learningRate=0.0003,0.001
              labctl study policy/dqn --seeds 0..4 --variant "agent.batchSize=64" --variant "agent.batchSize=128" --smoke
              labctl study policy/dqn --seeds 1,2,5 --vary a=1,2 --vary b=3,4 --workers 2 --md study.md
              labctl study policy/dqn --resume study/policy/dqn/1
            """)

    @Argument(help: "The experiment's name, as 'labctl experiments list' shows it.", completion: .experiments)
    var experiment: String

    @Option(help: ArgumentHelp("The seeds: 0..9, 1,2,5 or both. (default: 0..4)", valueName: "list"))
    var seeds: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Values of one setting; given twice or more, all combinations.", valueName: "key=v1,v2"))
    var vary: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("One variant with all its settings; can be repeated.", valueName: "key=v,key=v"))
    var variant: [String] = []

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "The short form of every run: at most 20 CPU seconds, on data without real people.")
    var smoke = false

    @Option(help: "How many runs are at work at once. (default: the processor's cores)")
    var workers: Int?

    @Option(help: "The coverage that intervals are made for.")
    var level = 0.95

    @Option(help: "How often seeds are drawn again for bootstrap intervals.")
    var resamples = StudyConfiguration().resamples

    @Option(parsing: .singleValue, help: "A metric whose curve is drawn; can be repeated. (default: all)")
    var curve: [String] = []

    @Option(
        help: ArgumentHelp("Go on with this unfinished study; its own settings count.", valueName: "run"),
        completion: .runs)
    var resume: String?

    @OptionGroup var reports: ReportOptions

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if resume != nil,
            seeds != nil || !vary.isEmpty || !variant.isEmpty || !launch.set.isEmpty || launch.config != nil
        {
            throw ValidationError("--resume takes the study's own seeds and settings; leave the others out")
        }
        if let repeated = StudyName.experiment(of: experiment) {
            throw ValidationError("give the experiment itself: 'labctl study \(repeated)'")
        }
        if let workers, workers < 1 { throw ValidationError("--workers must be 1 or more, not \(workers)") }
    }

    func run() async throws {
        try await reports.reporting("labctl study \(experiment)", about: experiment) { report in
            let session = Session(common)
            let type = try session.registry.experiment(named: experiment)
            let sealed = try await session.interruptible { try await study(type, session) }
            StudyOutput.add(sealed, to: &report)
            try StudyOutput.show(sealed, common)
        }
    }

    private func study<E: Experiment>(_ type: E.Type, _ session: Session) async throws -> SealedRun {
        let launchRequest = try launch.request(smoke: smoke, in: common.place)
        var configuration = StudyConfiguration()
        configuration.seeds = try seeds.map { try SeedList.parse($0) } ?? configuration.seeds
        configuration.variants = try StudyVariant.grid(vary) + variant
        configuration.set = try launchRequest.settings(for: type)
        configuration.short = smoke
        configuration.level = level
        configuration.resamples = resamples
        configuration.curves = curve
        var request = StudyRequest(configuration, inputs: launchRequest.inputs, workers: workers)
        request.seed = launch.seed ?? request.seed
        request.resume = try resume.map { try common.place.folder(of: $0) }
        return try await session.launcher.study(type, request: request, registry: session.registry) {
            [common, progress = session.progress] line in
            progress.close()
            common.note(line)
        }
    }
}
