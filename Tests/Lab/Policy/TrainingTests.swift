import CAllocationCounter
import Foundation
import LabNumerics
import LabSimulation
import Testing

@testable import LabPolicy

@Suite struct TrainingTests {
    static func agent() -> DoubleDQN {
        var agent = DoubleDQN()
        agent.hidden = [16, 16]
        agent.steps = 40
        agent.batchSize = 32
        agent.targetInterval = 7
        return agent
    }

    @Test func aRestoredTrainingEndsTheSame() throws {
        let dataset = OfflineDataset(try AgentTests.log(40, seed: 8), rewardScale: 1)
        let stream = RandomStream(seed: 9, name: "agent")
        let agent = Self.agent()
        var reports: [Double] = []
        var kept: TrainingState?
        let whole = try agent.train(
            on: dataset, stream: stream, every: 15, report: { reports.append($0.loss) },
            checkpoint: { step, state in if step == 23 { kept = try state() } })
        let file = FileManager.default.temporaryDirectory.appending(path: "training-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try #require(kept).write(to: file)
        var later: [Double] = []
        let resumed = try agent.train(
            on: dataset, stream: stream, every: 15, resuming: TrainingState.read(file),
            report: { later.append($0.loss) })
        #expect(resumed.network.parameters == whole.network.parameters)
        #expect(reports.count == 3 && later == Array(reports.dropFirst()))

        var wider = agent
        wider.hidden = [16, 17]
        #expect(throws: NumericsError.self) {
            try wider.train(on: dataset, stream: stream, resuming: TrainingState.read(file))
        }
    }

    @Test func aStepAllocatesNothing() throws {
        let dataset = OfflineDataset(try AgentTests.log(40, seed: 8), rewardScale: 1)
        var training = try DoubleDQNTraining(
            Self.agent(), on: dataset, stream: RandomStream(seed: 9, name: "agent"), every: 2)
        for _ in 0..<25 { _ = try training.step() }
        allocation_counter_begin()
        for _ in 0..<10 { _ = try? training.step() }
        let count = allocation_counter_end()
        // −1 where a sanitizer hides them.
        #expect(count <= 0)
    }
}
