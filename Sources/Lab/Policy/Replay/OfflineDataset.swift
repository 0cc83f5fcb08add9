import LabDomain
import LabNumerics
public import LabSimulation

/// A journey log as transitions to learn from: normalised observations, rewards in units of a scale, discounts that
/// are γ to the power of the elapsed periods and 0 where the episode ends.
///
/// The end of the horizon counts as an end: time is part of the observation and value is counted up to there.
public struct OfflineDataset: Sendable {
    public let log: JourneyLog
    public let frame: LearningFrame
    public let transitions: Transitions

    /// - Parameters:
    ///   - rewardScale: currency units that become 1.
    ///   - reward: what decisions are worth.
    ///   - steps: n of the n-step return: so many decisions' rewards are summed before a value is bootstrapped. More than 1
    ///     takes what the log's policy did afterwards for what the learner would do (Sutton and Barto, 2nd ed., chapter 7).
    ///   - frame: how observations are normalised; by default what this log says.
    ///
    /// Throws `PolicyError.rewardNotKnown` where the log lacks what `reward` needs.
    public init(
        _ log: JourneyLog, rewardScale: Double, reward: RewardFunction, steps: Int = 1, frame: LearningFrame? = nil
    ) throws {
        let frame = frame ?? LearningFrame(log, rewardScale: rewardScale)
        self.init(log, frame: frame, rewards: try reward.rewards(of: log), steps: steps)
    }

    /// The same with the log's own rewards.
    public init(_ log: JourneyLog, rewardScale: Double, steps: Int = 1) {
        self.init(log, frame: LearningFrame(log, rewardScale: rewardScale), rewards: log.rewards, steps: steps)
    }

    private init(_ log: JourneyLog, frame: LearningFrame, rewards: [Double], steps: Int) {
        self.log = log
        self.frame = frame
        var result = Transitions(featureCount: log.featureCount, actionCount: log.actionCount)
        result.observations = log.observations
        frame.normalise(&result.observations)
        result.permitted.reserveCapacity((log.decisionCount + log.episodeCount) * log.actionCount)
        for episode in 0..<log.episodeCount {
            let decisions = log.decisions(episode)
            result.permitted +=
                log.permitted[decisions.lowerBound * log.actionCount..<decisions.upperBound * log.actionCount]
            result.permitted += repeatElement(true, count: log.actionCount)
            for decision in decisions {
                let end = min(decision + steps, decisions.upperBound)
                var (sum, factor) = (0.0, 1.0)
                for later in decision..<end {
                    sum += factor * rewards[later]
                    for _ in 0..<log.elapsed[later] { factor *= log.discount }
                }
                result.append(
                    state: Int32(decision + episode), action: log.actions[decision],
                    reward: Float(sum / Double(frame.rewardScale)),
                    discount: end == decisions.upperBound ? 0 : Float(factor), next: Int32(end + episode))
            }
        }
        transitions = result
    }

    /// Only the transitions whose decision `isWanted`; normalisation stays.
    public func filtered(_ isWanted: (_ decision: Int) -> Bool) -> OfflineDataset {
        OfflineDataset(
            log: log, frame: frame, transitions: transitions.selecting((0..<count).filter(isWanted)))
    }

    private init(log: JourneyLog, frame: LearningFrame, transitions: Transitions) {
        self.log = log
        self.frame = frame
        self.transitions = transitions
    }

    public var count: Int { transitions.count }

    /// Observations after each decision as they were seen, row-major [decisions, features].
    var nextObservations: [Float] {
        let width = log.featureCount
        var result: [Float] = []
        result.reserveCapacity(count * width)
        for row in transitions.nextRows.map(Int.init) { result += log.observations[row * width..<(row + 1) * width] }
        return result
    }

    /// What is permitted after each decision, row-major [decisions, actions]; all where the episode ends.
    var nextPermitted: [Bool] {
        let width = log.actionCount
        var result: [Bool] = []
        result.reserveCapacity(count * width)
        for row in transitions.nextRows.map(Int.init) {
            result += transitions.permitted[row * width..<(row + 1) * width]
        }
        return result
    }
}
