import CAllocationCounter
import Foundation
import LabDomain
import LabNumerics
import LabSimulation
import Testing

@testable import LabPolicy

/// What every agent's training must do, whatever it learns.
@Suite struct TrainingTests {
    static func settings() -> TrainingSettings {
        var settings = AgentTests.settings(hidden: [16, 16], steps: 40, batchSize: 32)
        settings.targetInterval = 7
        settings.averagedShare = 0.5
        settings.replay = PrioritisedReplay()
        return settings
    }

    static let agents: [any Agent] = [
        DQN(), DQN(double: false), DQN(double: true, dueling: true), CQL(), NFQ(), BCQ(), IQL(), BehaviorCloning(),
    ]

    /// What a policy does everywhere in the corridor, to compare trainings by.
    private static func decisions(_ policy: any PolicyScorer, _ log: JourneyLog) throws -> [[Float]] {
        switch policy {
        case let greedy as GreedyPolicy: [try greedy.network.values(log.observations).elements]
        case let constrained as ConstrainedPolicy:
            [
                try constrained.values.values(log.observations).elements,
                try constrained.imitation.values(log.observations).elements,
            ]
        default: [try policy.probabilities(states: log.decisionObservations, permitted: log.permitted)]
        }
    }

    @Test(arguments: 0..<agents.count)
    func aRestoredTrainingEndsTheSame(_ index: Int) throws { try restored(Self.agents[index]) }

    private func restored<Method: Agent>(_ agent: Method) throws {
        let log = try AgentTests.log(40, seed: 8)
        let dataset = OfflineDataset(log, rewardScale: 1)
        let stream = RandomStream(seed: 9, name: "agent")
        let settings = Self.settings()
        var reports: [Double] = []
        var kept: TrainingState?
        let whole = try agent.train(
            settings, on: dataset, stream: stream, every: 15, report: { reports.append($0.loss) },
            checkpoint: { step, state in if step == 23 { kept = try state() } })
        let file = FileManager.default.temporaryDirectory.appending(path: "training-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try #require(kept).write(to: file)
        var later: [Double] = []
        let resumed = try agent.train(
            settings, on: dataset, stream: stream, every: 15, resuming: TrainingState.read(file),
            report: { later.append($0.loss) })
        #expect(try Self.decisions(resumed, log) == Self.decisions(whole, log))
        #expect(reports.count == 3 && later == Array(reports.dropFirst()))

        var wider = settings
        wider.hidden = [16, 17]
        #expect(throws: NumericsError.self) {
            try agent.train(wider, on: dataset, stream: stream, resuming: TrainingState.read(file))
        }
        // A checkpoint of another agent is refused by its name.
        if Method.name != BCQ.name {
            #expect(throws: PolicyError.foreignCheckpoint(agent: BCQ.name, found: Method.name)) {
                try BCQ().train(settings, on: dataset, stream: stream, resuming: TrainingState.read(file))
            }
        }
    }

    @Test(arguments: 0..<agents.count)
    func aStepAllocatesNothing(_ index: Int) throws { try allocations(Self.agents[index]) }

    private func allocations(_ agent: some Agent) throws {
        let dataset = OfflineDataset(try AgentTests.log(40, seed: 8), rewardScale: 1)
        var training = try AgentTraining(
            agent, Self.settings(), on: dataset, stream: RandomStream(seed: 9, name: "agent"), every: 2)
        for _ in 0..<25 { _ = try training.step() }
        allocation_counter_begin()
        for _ in 0..<10 { _ = try? training.step() }
        let count = allocation_counter_end()
        // −1 where a sanitizer hides them.
        #expect(count <= 0, "\(type(of: agent))")
    }

    @Test func nothingIsLearnedFromAnEmptyLog() throws {
        let empty = JourneyLog(schema: AgentTests.schema, actionCount: 4, discount: 0.9)
        #expect(throws: PolicyError.emptyLog) {
            try DQN().train(
                Self.settings(), on: OfflineDataset(empty, rewardScale: 1), stream: RandomStream(seed: 1, name: "a"))
        }
    }
}
