import LabDomain
import LabNumerics
import LabSimulation
import RealModule
import Testing

@testable import LabPolicy

@Suite struct OfflineDatasetTests {
    static let schema = StateSchema(name: "random", version: 1, features: ["a", "b", "c"])

    /// Episodes of 1 to 9 decisions with waits of 1 to 4 periods, random masks, some of them ending in churn.
    static func log(_ episodes: Int, seed: UInt64, discount: Double = 0.9) throws -> JourneyLog {
        var stream = RandomStream(seed: seed, name: "log")
        var log = JourneyLog(schema: schema, actionCount: 4, discount: discount)
        func observation() -> [Float] { [100 + stream.nextFloat(), 1e3 * stream.nextFloat() - 500, 7] }
        for episode in 0..<episodes {
            let decisions = (0..<1 + stream.nextInt(below: 9)).map { _ in
                let action = stream.nextInt(below: 4)
                return JourneyDecision(
                    observation: observation(), action: Int32(action), reward: 4 * stream.nextDouble() - 2,
                    elapsed: Int32(1 + stream.nextInt(below: 4)), propensity: 0.5,
                    permitted: (0..<4).map { $0 == action || stream.nextInt(below: 2) == 0 })
            }
            try log.append(
                customer: Int32(episode), segment: 0, decisions: decisions, ending: observation(),
                terminal: stream.nextInt(below: 2) == 0)
        }
        return log
    }

    /// G = Σ γ^(periods since) · r over n decisions or to the end, and what remains of a value thereafter, by the periods
    /// since the beginning of the episode; Sutton and Barto, 2nd ed., equation 7.1 with waits of unequal length.
    private static func slowReturn(
        _ log: JourneyLog, _ episode: Int, _ step: Int, _ n: Int
    ) -> (sum: Double, discount: Double, steps: Int) {
        let rows = log.decisions(episode)
        let length = rows.count
        func time(_ later: Int) -> Double { (0..<later).reduce(0.0) { $0 + Double(log.elapsed[rows.lowerBound + $1]) } }
        let last = min(step + n, length)
        let sum = (step..<last).reduce(0.0) {
            $0 + Double.pow(log.discount, time($1) - time(step)) * log.rewards[rows.lowerBound + $1]
        }
        return (sum, last == length ? 0 : Double.pow(log.discount, time(last) - time(step)), last - step)
    }

    @Test(arguments: [1, 2, 3, 5, 50])
    func returnsOfSeveralStepsAreTheirDefinition(steps: Int) throws {
        let log = try Self.log(60, seed: 4)
        let dataset = OfflineDataset(log, rewardScale: 2, steps: steps)
        #expect(dataset.count == log.decisionCount)
        let transitions = dataset.transitions
        for episode in 0..<log.episodeCount {
            let rows = log.decisions(episode)
            for decision in rows {
                let wanted = Self.slowReturn(log, episode, decision - rows.lowerBound, steps)
                #expect(abs(Double(transitions.rewards[decision]) - wanted.sum / 2) < 1e-5)
                #expect(abs(Double(transitions.discounts[decision]) - wanted.discount) < 1e-6)
                #expect(Int(transitions.stateRows[decision]) == decision + episode)
                #expect(Int(transitions.nextRows[decision]) == decision + episode + wanted.steps)
                // The successor's mask is that of the decision there, and everything where nothing is decided any more.
                let later = decision + wanted.steps
                let mask =
                    later < rows.upperBound
                    ? Array(log.permitted[later * 4..<later * 4 + 4]) : [true, true, true, true]
                #expect(Array(dataset.nextPermitted[decision * 4..<decision * 4 + 4]) == mask)
            }
        }
    }

    @Test func observationsHaveMeanZeroAndDeviationOne() throws {
        let log = try Self.log(200, seed: 5)
        let dataset = OfflineDataset(log, rewardScale: 1)
        let table = dataset.transitions.observations
        let rows = dataset.transitions.stateRows.map(Int.init)
        for feature in 0..<2 {
            let values = rows.map { Double(table[$0 * 3 + feature]) }
            let mean = values.reduce(0, +) / Double(values.count)
            let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            #expect(abs(mean) < 1e-3 && abs(square - 1) < 1e-3, "feature \(feature): \(mean), \(square)")
        }
        // Back to what was seen.
        let frame = dataset.frame
        for place in 0..<table.count {
            let seen = table[place] * frame.deviation[place % 3] + frame.mean[place % 3]
            #expect(abs(seen - log.observations[place]) < 1e-3)
        }
    }

    /// Another value of a feature that never varied in the log must not drown all the others.
    @Test func aFeatureThatNeverVariesIsOnlyCentred() throws {
        let frame = LearningFrame(try Self.log(50, seed: 6), rewardScale: 1)
        var states: [Float] = [100.5, 0, 7, 100.5, 0, 8]
        frame.normalise(&states)
        #expect(states[2] == 0 && states[5] == 1)
        let empty = LearningFrame(JourneyLog(schema: Self.schema, actionCount: 4, discount: 1), rewardScale: 1)
        #expect(empty.mean == [0, 0, 0] && empty.deviation == [1, 1, 1])
    }

    @Test func someTransitionsKeepFrameAndSuccessors() throws {
        let log = try Self.log(40, seed: 7)
        let whole = OfflineDataset(log, rewardScale: 3, steps: 2)
        let part = whole.filtered { $0 % 3 == 1 }
        let places = (0..<whole.count).filter { $0 % 3 == 1 }
        #expect(part.count == places.count && part.frame == whole.frame)
        for (mine, place) in places.enumerated() {
            #expect(part.transitions.stateRows[mine] == whole.transitions.stateRows[place])
            #expect(part.transitions.nextRows[mine] == whole.transitions.nextRows[place])
            #expect(part.transitions.actions[mine] == log.actions[place])
            #expect(part.transitions.rewards[mine] == whole.transitions.rewards[place])
            #expect(part.transitions.discounts[mine] == whole.transitions.discounts[place])
        }
        #expect(part.nextObservations.count == 3 * part.count && part.nextPermitted.count == 4 * part.count)
        let first = Int(part.transitions.nextRows[0])
        #expect(Array(part.nextObservations[..<3]) == Array(log.observations[3 * first..<3 * first + 3]))
        #expect(whole.filtered { _ in false }.count == 0)
    }
}
