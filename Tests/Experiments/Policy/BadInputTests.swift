import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments
@testable import LabSimulation

/// What is wrong with what an agent should learn from is named by file, episode and step, and nothing is written.
@Suite struct BadInputTests {
    /// How the second decision of the fourth journey is spoiled.
    enum Fault: String, CaseIterable, Sendable {
        case reward, action, mask, forbidden, propensity

        var message: String {
            switch self {
            case .reward: "the reward is nan"
            case .action: "action 99 is unknown: actions are 0 ..< 12"
            case .mask: "the mask forbids every action"
            case .forbidden: "was taken though it is not permitted"
            case .propensity: "the propensity 1.5 is not in (0, 1]"
            }
        }

        func spoil(_ log: inout JourneyLog) {
            let place = log.offsets[3] + 1
            let count = log.actionCount
            switch self {
            case .reward: log.rewards[place] = .nan
            case .action: log.actions[place] = 99
            case .mask: for action in 0..<count { log.permitted[place * count + action] = false }
            case .forbidden: log.permitted[place * count + Int(log.actions[place])] = false
            case .propensity: log.propensities[place] = 1.5
            }
        }
    }

    /// Writes journeys with a fault where sound ones should be.
    private struct Spoiled: Experiment {
        struct Configuration: ExperimentConfiguration {
            var fault = Fault.reward.rawValue
            static let settings = [Setting("fault", "What is spoiled.")]
            func validate() throws {}
        }

        static let name = "profiles/journeys"
        static let summary = "Journeys with one fault."
        static let smoke = Configuration()

        func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
            let result = try Rollout(safeguard: Safeguard(), keepsJourneys: true).run(
                EmoSeqEnvironment(stream: run.stream("customers")), policy: EmoSeqLoggingPolicy(), customers: 0..<12,
                stream: run.stream("actions"))
            guard var log = result.journeys else { throw RunsError.defect("there are no journeys") }
            Fault(rawValue: configuration.fault)?.spoil(&log)
            let spoiled = log
            try run.artifact("journeys.h5") { try spoiled.write(to: $0) }
            return Evaluation()
        }
    }

    private static let registry = Registry(experiments: [Spoiled.self, AgentExperiment<IQL>.self])

    @Test(arguments: Fault.allCases)
    func aFaultInTheJourneysIsNamed(_ fault: Fault) async throws {
        let place = try PolicyWorkspace(registry: Self.registry)
        let made = await place.labctl("train", "profiles/journeys", "--set", "fault=\(fault.rawValue)")
        #expect(made.status == 0, "\(made.errors)")
        let trained = await place.labctl(["train", "policy/iql"] + PolicyWorkspace.training)
        #expect(trained.status == 65)
        #expect(
            trained.errors.contains("error: journeys.h5, episode 3, step 1: ")
                && trained.errors.contains(fault.message),
            "\(trained.errors)")
        #expect(trained.errors.contains("hint: correct that episode where the log was made"))
        #expect(try place.isLeftUnsealed("policy/iql/1"))
    }

    @Test func aTruncatedLogIsNamed() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        let file = place.folder.appending(path: "runs/simulation.emoseq/1/artifacts/journeys.h5")
        let bytes = try Data(contentsOf: file)
        // A sealed run whose file was cut off is damaged; nothing is begun on it.
        try bytes.prefix(bytes.count / 2).write(to: file)
        let trained = await place.labctl(
            ["train", "policy/bc", "--input", "journeys=simulation/emoseq/1"] + PolicyWorkspace.training)
        #expect([65, 74].contains(trained.status) && trained.errors.contains("journeys.h5"), "\(trained.errors)")
        #expect(try !place.exists("runs/policy.bc/1") || place.isLeftUnsealed("policy/bc/1"))
        // The same file by itself, for a command that knows no seal.
        for length in [bytes.count / 2, bytes.count - 1, 600, 0] {
            let cut = place.folder.appending(path: "cut.h5")
            try bytes.prefix(length).write(to: cut)
            let imported = await place.labctl("journeys", "import", cut.path, "--out", place.path("out.h5"))
            #expect(imported.status == 65 && imported.errors.contains("cut.h5"), "\(length): \(imported.errors)")
            #expect(!place.exists("out.h5"))
        }
    }

    /// Files of other programs, through `labctl journeys import`: what is wrong with the second decision of the second
    /// episode.
    @Test func foreignFaultsAreNamedAndNothingIsWritten() async throws {
        let place = try PolicyWorkspace()
        func imported(_ change: (inout Journey) -> Void) async throws -> String {
            var journeys = Journeys(width: 1)
            let good = Journey(
                observations: [0, 1, 2], actions: [0, 1], rewards: [1, 2],
                infos: ["action_mask": JourneyInfo(.step, width: 2, .int64s([1, 1, 1, 1]))])
            var bad = good
            change(&bad)
            try journeys.append(good)
            try journeys.append(bad)
            try JourneyFile.exportD4RL(journeys, to: place.folder.appending(path: "bad.h5"))
            let found = await place.labctl(
                "journeys", "import", place.path("bad.h5"), "--actions", "2", "--out", place.path("out.h5"))
            #expect(found.status == 65 && !place.exists("out.h5"), "\(found.errors)")
            return found.errors
        }
        let spot = "bad.h5, episode 1, step 1: "
        #expect(try await imported { $0.rewards[1] = .nan }.contains(spot + "the reward is nan"))
        #expect(try await imported { $0.actions[1] = 7 }.contains(spot + "action 7 is unknown"))
        #expect(
            try await imported { $0.infos["action_mask"]?.values = .int64s([1, 1, 0, 0]) }.contains(
                spot + "the mask forbids every action"))
        #expect(try await imported { $0.observations[1] = .infinity }.contains(spot + "feature feature0 is inf"))
    }

    @Test func episodesOutOfOrderAreNamed() async throws {
        let place = try PolicyWorkspace()
        var journeys = Journeys(width: 1)
        for _ in 0..<3 { try journeys.append(Journey(observations: [0, 1], actions: [0], rewards: [1])) }
        try JourneyFile.exportMinari(
            journeys, to: place.folder,
            MinariDescription(id: "x-v0", actionCount: 2, algorithm: "a", summary: "s", author: "l"))
        let main = place.folder.appending(path: "x-v0/data/main_data.hdf5")
        let file = try HDF5File.update(main)
        try file.setAttribute("id", 2, on: "/episode_1")
        try file.close()
        let minari = await place.labctl("journeys", "import", place.path("x-v0"), "--out", place.path("out.h5"))
        #expect(minari.status == 65 && minari.errors.contains("its episodes are out of order"), "\(minari.errors)")
        #expect(minari.errors.contains("/episode_1") && !place.exists("out.h5"))

        // Rows of a CSV are set aside with their reason; where none is left, nothing is written.
        try place.write("who,week,shown,profit,mood\na,2,0,1,0\na,1,1,1,0\na,3,1,1,0\n", "log.csv")
        try place.write(
            """
            kind: journeys
            columns: {episode: who, step: week, action: shown, reward: profit}
            features: [mood]
            actions: 2
            """, "map.yaml")
        let rows = await place.labctl(
            "journeys", "import", place.path("log.csv"), "--map", place.path("map.yaml"), "--out", place.path("out.h5"))
        #expect(rows.status == 65 && rows.errors.contains("out of order"), "\(rows.errors)")
        #expect(!place.exists("out.h5"))
    }

    /// The form of `policy/cql` with another agent inside, as an older version might have been.
    private struct Impostor: Experiment {
        static let name = AgentExperiment<CQL>.name
        static let summary = "Trains another agent under this name."
        static let inputs = [ExperimentInput.journeys]
        static let smoke = AgentExperiment<CQL>.smoke

        func train(_ configuration: AgentExperiment<CQL>.Configuration, _ run: Run) async throws -> Evaluation {
            let log = try LoggedJourneys(run).log
            let parts = try TrainingParts(OfflineDataset(log, rewardScale: 5), configuration.segments)
            _ = try parts.train(DQN(), configuration.agent, run)
            throw PolicyError.emptyLog
        }
    }

    @Test func aCheckpointOfAnotherAgentIsRefused() async throws {
        let place = try PolicyWorkspace(["simulation/emoseq"])
        var configuration = AgentExperiment<CQL>.smoke
        configuration.agent.steps = 10
        configuration.agent.hidden = [8]
        var launcher = place.launcher
        launcher.checkpointInterval = 0
        await #expect(throws: PolicyError.emptyLog) {
            try await launcher.train(
                Impostor.self, configuration: configuration,
                inputs: ["journeys": place.workspace.run("simulation/emoseq/1")])
        }
        let run = try place.workspace.folder(of: "policy/cql/1")
        #expect(Checkpoint.steps(in: run).first == 10)
        let resumed = await place.labctl("resume", "policy/cql/1")
        #expect(resumed.status == 65)
        #expect(
            resumed.errors.contains("the checkpoint is one of the agent 'dqn', not of 'cql'"), "\(resumed.errors)")
        #expect(resumed.errors.contains("hint: resume the run with the experiment that began it"))
        #expect(RunState.of(run) != .sealed)
    }
}
