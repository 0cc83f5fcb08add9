import ArgumentParser
import Foundation
import LabRuns

/// `labctl simulate`.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Simulate journeys of customers whose optimum is known, as a sealed run.",
        discussion: """
            Runs the experiment simulation/emoseq; 'labctl experiments show simulation/emoseq' lists every setting.

              labctl simulate
              labctl simulate --preset L --switches noisy,exploitable --customers 20000 --seed 3 --out journeys.h5
              labctl simulate --policy boltzmann --set temperature=0.5 --set exploration=0.1
              labctl simulate --policy qmdp --set parameters.emotionNoise=0.3 --json
              labctl simulate --policy optimum --unguarded        what would happen without safeguards
            """)

    /// The experiment that this command runs.
    static let experiment = "simulation/emoseq"

    @Option(help: "The population: S with 12 actions or L with 49.")
    var preset: String?

    @Option(
        help: ArgumentHelp(
            "What is changed of it: easy, noisy, poor-overlap, non-stationary, confounded, exploitable.",
            valueName: "name,…"))
    var switches: String?

    @Option(help: "Who decides: logging, uniform, boltzmann, promote, hold, myopic, optimum or qmdp.")
    var policy: String?

    @Option(help: "How many simulated customers are followed.")
    var customers: Int?

    @Flag(help: "Ask the safeguards and do not obey them, only to measure what would happen.")
    var unguarded = false

    @Option(
        help: ArgumentHelp("Copy the journeys (HDF5) to this file as well.", valueName: "file"),
        completion: .file(extensions: ["h5", "hdf5"]))
    var out: String?

    @OptionGroup var launch: LaunchOptions

    @Flag(help: "The short form: a few customers.")
    var smoke = false

    @OptionGroup var reports: ReportOptions

    @OptionGroup var saving: SavingOptions

    @OptionGroup var common: CommonOptions

    /// The options as settings; what `--set` says comes later and wins.
    var settings: [String] {
        let names = switches?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        return [
            preset.map { "preset=\($0)" }, switches.map { _ in "switches=[\(names.joined(separator: ", "))]" },
            policy.map { "policy=\($0)" }, customers.map { "customers=\($0)" },
            unguarded ? "safeguarded=false" : nil,
        ].compactMap { $0 }
    }

    func run() async throws {
        try await reports.reporting("labctl simulate", about: Self.experiment) { report in
            let session = Session(common, saving)
            let type = try session.registry.experiment(named: Self.experiment)
            var request = try launch.request(smoke: smoke, in: common.place)
            request.overrides = settings + request.overrides
            let target = try out.map { try SimulationCopy(URL(filePath: $0)) }
            let made = request
            let sealed = try await session.interruptible { try await simulate(type, made, session) }
            try target?.copy(from: sealed)
            report.add(sealed)
            try RunOutput.show(sealed, common)
            if let target { common.say("journeys: \(target.file.path)") }
        }
    }

    private func simulate<E: Experiment>(
        _ type: E.Type, _ request: LaunchRequest, _ session: Session
    ) async throws -> SealedRun {
        let common = common
        return try await session.launcher.train(type, request: request, registry: session.registry) { common.note($0) }
    }
}
