import Foundation
import LabDomain
import LabNumerics
import LabSimulation
import Testing

@testable import LabPolicy

/// Learning from a log file of which a part is in memory.
@Suite final class JourneyFeedTests {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lab-feed-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func reader(_ log: JourneyLog) throws -> JourneyLogReader {
        let file = folder.appendingPathComponent("\(UUID().uuidString).h5")
        try log.write(to: file)
        return try JourneyLogReader(file)
    }

    private func feed(
        _ reader: JourneyLogReader, window: Int, steps: Int = 1, stream: String = "windows"
    ) throws -> JourneyFeed {
        let pieces = try JourneyPieces(episodeCount: reader.episodeCount, window: window)
        return try JourneyFeed(
            reader, pieces, frame: LearningFrame(reader, pieces, rewardScale: 1), steps: steps,
            stream: RandomStream(seed: 4, name: stream))
    }

    @Test(arguments: OptimalityTests.problems.indices)
    func aTenthOfTheLogAtATimeReachesTheOptimum(_ index: Int) throws {
        let problem = OptimalityTests.problems[index]
        let feed = try feed(reader(problem.log(1_500, skill: 0, seed: 5)), window: 150)
        #expect(feed.windowCount >= 10)
        let settings = AgentTests.settings(hidden: [32, 32], steps: 4_000, batchSize: 64, learningRate: 2e-3)
        var training = try AgentTraining(DQN(), settings, on: feed, stream: RandomStream(seed: 1, name: "agent"))
        while !training.isFinished { _ = try training.step() }
        let share = try problem.relativeValue(of: training.policy)
        #expect(share > 0.98 && share < 1 + 1e-9, "\(share) of the optimum")
    }

    @Test func oneWindowAloneDoesNot() throws {
        // The test above can fail: what one window of a tenth holds is not enough.
        let problem = SolvedProblem.garnet(seed: 11)
        var feed = try feed(reader(problem.log(150, skill: 0, seed: 5)), window: 15)
        let settings = AgentTests.settings(hidden: [32, 32], steps: 4_000, batchSize: 64, learningRate: 2e-3)
        let policy = try DQN().train(settings, on: feed.next(), stream: RandomStream(seed: 1, name: "agent"))
        #expect(try problem.relativeValue(of: policy) < 0.98)
    }

    @Test func theFrameIsThatOfTheWholeLog() throws {
        var log = try AgentTests.log(333, seed: 2)
        // A feature far from 0 shows whether sums cancel.
        log = try Self.shifted(log, by: 4_096)
        let reader = try reader(log)
        let pieces = try JourneyPieces(episodeCount: 333, window: 60)
        let (streamed, whole) = (
            try LearningFrame(reader, pieces, rewardScale: 3), LearningFrame(log, rewardScale: 3)
        )
        #expect(streamed.schema == whole.schema && streamed.actionCount == 4 && streamed.rewardScale == 3)
        for feature in whole.mean.indices {
            #expect(abs(streamed.mean[feature] - whole.mean[feature]) <= 1e-6 * max(1, abs(whole.mean[feature])))
            #expect(abs(streamed.deviation[feature] - whole.deviation[feature]) < 1e-6)
        }
    }

    private static func shifted(_ log: JourneyLog, by value: Float) throws -> JourneyLog {
        var result = JourneyLog(schema: log.schema, actionCount: log.actionCount, discount: log.discount)
        for episode in 0..<log.episodeCount {
            let width = log.featureCount
            func row(_ row: Int) -> [Float] {
                var values = Array(log.observations[row * width..<(row + 1) * width])
                values[0] += value
                return values
            }
            let decisions = log.decisions(episode)
            try result.append(
                customer: log.customers[episode], segment: 0,
                decisions: decisions.map {
                    JourneyDecision(
                        observation: row($0 + episode), action: log.actions[$0], reward: log.rewards[$0],
                        elapsed: log.elapsed[$0], propensity: log.propensities[$0],
                        permitted: Array(log.permitted[$0 * 4..<($0 + 1) * 4]))
                }, ending: row(decisions.upperBound + episode), terminal: log.terminal[decisions.upperBound - 1])
        }
        return result
    }

    @Test func aPassShowsEveryEpisodeOnceAndMixesTheFile() throws {
        let log = try AgentTests.log(400, seed: 2)
        var feed = try feed(reader(log), window: 80)
        var passes: [[Int32]] = []
        for pass in 0..<2 {
            var seen: [Int32] = []
            while feed.position.pass == pass {
                let window = try feed.next()
                #expect(window.log.episodeCount <= 80 && window.frame == feed.frame)
                // Eight places of the file: its customers are numbered in the file's order.
                #expect(Set(window.log.customers.map { $0 / 40 }).count >= 3)
                seen += window.log.customers
            }
            #expect(seen.sorted() == log.customers)
            passes.append(seen)
        }
        #expect(passes[0] != passes[1])
        #expect(feed.position.window == 0)
    }

    @Test func aWindowsTransitionsAreThoseOfTheWholeLog() throws {
        let log = try AgentTests.log(60, seed: 2)
        var feed = try feed(reader(log), window: 60, steps: 2)
        #expect(feed.windowCount == 1)
        let (window, whole) = (
            try feed.next(), try OfflineDataset(log, rewardScale: 1, reward: .logged, steps: 2, frame: feed.frame)
        )
        #expect(window.transitions.observations == whole.transitions.observations)
        #expect(window.transitions.rewards == whole.transitions.rewards)
        #expect(window.transitions.nextRows == whole.transitions.nextRows)
        #expect(window.transitions.permitted == whole.transitions.permitted)
    }

    @Test func aRestoredTrainingEndsTheSame() throws {
        let reader = try reader(AgentTests.log(200, seed: 8))
        var settings = TrainingTests.settings()
        settings.steps = 60
        settings.batchSize = 16
        func begin() throws -> AgentTraining<DQN> {
            try AgentTraining(
                DQN(), settings, on: feed(reader, window: 40), stream: RandomStream(seed: 9, name: "agent"), every: 15)
        }
        func finish(_ training: AgentTraining<DQN>) throws -> [Float] {
            var training = training
            while !training.isFinished { _ = try training.step() }
            return try #require(training.policy as? GreedyPolicy).network.values(
                [Float](repeating: 0.3, count: 5)
            ).elements
        }
        let calm = try finish(begin())
        #expect(try finish(begin()) == calm)
        // In the middle of windows and where they change; a window is about ten steps.
        for stop in [1, 7, 8, 9, 10, 11, 12, 13, 14, 41] {
            var training = try begin()
            for _ in 0..<stop { _ = try training.step() }
            var later = try begin()
            try later.restore(training.state())
            #expect(try finish(later) == calm, "after \(stop) steps")
        }
        // Another cut of the same log has not the windows of this one.
        var training = try begin()
        for _ in 0..<25 { _ = try training.step() }
        var other = try AgentTraining(
            DQN(), settings, on: feed(reader, window: 200), stream: RandomStream(seed: 9, name: "agent"))
        let state = try training.state()
        #expect(throws: PolicyError.self) { try other.restore(state) }
    }

    @Test func noCustomerStandsOnBothSides() throws {
        // Episodes of one customer lie together, and some come back much later.
        let single = try AgentTests.log(300, seed: 3)
        var log = JourneyLog(schema: single.schema, actionCount: 4, discount: single.discount)
        for episode in 0..<300 {
            let decisions = single.decisions(episode)
            try log.append(
                customer: Int32(episode < 240 ? episode / 2 : episode - 240), segment: 0,
                decisions: decisions.map {
                    JourneyDecision(
                        observation: Array(single.observations[($0 + episode) * 5..<($0 + episode + 1) * 5]),
                        action: single.actions[$0], reward: single.rewards[$0], elapsed: single.elapsed[$0],
                        propensity: single.propensities[$0],
                        permitted: Array(single.permitted[$0 * 4..<($0 + 1) * 4]))
                }, ending: [0, 0, 0, 0, 1], terminal: single.terminal[decisions.upperBound - 1])
        }
        let reader = try reader(log)
        let pieces = try JourneyPieces(episodeCount: 300, window: 72)
        let stream = RandomStream(seed: 1, name: "split")
        let split = try pieces.split(reader, trainingShare: 0.5, stream: stream)
        let training = try split.training.read(split.training.ranges.indices, from: reader)
        let heldOut = try split.heldOut.read(split.heldOut.ranges.indices, from: reader)
        #expect(Set(training.customers).isDisjoint(with: heldOut.customers))
        #expect(split.setAside > 0)
        #expect(training.episodeCount + heldOut.episodeCount + split.setAside == 300)
        #expect(
            training.episodeCount == split.training.episodeCount && heldOut.episodeCount == split.heldOut.episodeCount)
        // Without repeats nothing is set aside, and the same stream gives the same split.
        let plain = try self.reader(single)
        let other = try pieces.split(plain, trainingShare: 0.5, stream: stream)
        #expect(other.setAside == 0 && other.training.episodeCount + other.heldOut.episodeCount == 300)
        #expect(try pieces.split(reader, trainingShare: 0.5, stream: stream) == split)
    }

    @Test func aLogOfOneCustomerCannotBeSplit() throws {
        let reader = try reader(AgentTests.log(1, seed: 3))
        let pieces = try JourneyPieces(episodeCount: 1, window: 10)
        #expect(throws: PolicyError.emptyLog) {
            try pieces.split(reader, trainingShare: 0.5, stream: RandomStream(seed: 1, name: "split"))
        }
        #expect(throws: PolicyError.self) { try JourneyPieces(episodeCount: 1, window: 0) }
    }
}
