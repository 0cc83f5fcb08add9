import LabDomain
import LabNumerics
public import LabSimulation

/// A journey log as transitions to learn from: normalised observations, rewards in units of a scale, discounts that
/// are γ to the power of the elapsed periods and 0 where the episode ends.
///
/// The end of the horizon counts as an end: time is part of the observation and value is counted up to there.
public struct OfflineDataset: Sendable {
    public let log: JourneyLog
    /// Shape [features].
    public let mean: [Float]
    public let deviation: [Float]
    public let rewardScale: Float
    /// Row-major [decisions + episodes, features], as in the log.
    let states: [Float]
    /// The row of each decision's observation; its successor is the next row.
    let rows: [Int]
    /// Shape [decisions].
    let rewards: [Float]
    let discounts: [Float]

    /// - Parameter rewardScale: currency units that become 1.
    public init(_ log: JourneyLog, rewardScale: Double) {
        self.log = log
        self.rewardScale = Float(rewardScale)
        let width = log.featureCount
        var rows: [Int] = []
        var discounts: [Float] = []
        rows.reserveCapacity(log.decisionCount)
        discounts.reserveCapacity(log.decisionCount)
        for episode in 0..<log.episodeCount {
            let decisions = log.decisions(episode)
            for decision in decisions {
                rows.append(decision + episode)
                var discount = 1.0
                for _ in 0..<log.elapsed[decision] { discount *= log.discount }
                discounts.append(decision == decisions.upperBound - 1 ? 0 : Float(discount))
            }
        }
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        for row in rows {
            for feature in 0..<width {
                let value = Double(log.observations[row * width + feature])
                sums[feature] += value
                squares[feature] += value * value
            }
        }
        let count = Double(max(rows.count, 1))
        let mean = sums.map { Float($0 / count) }
        let deviation = zip(sums, squares).map { sum, square in
            Float(max((square / count - sum / count * (sum / count)), 0).squareRoot() + 1e-6)
        }
        var states = log.observations
        for start in stride(from: 0, to: states.count, by: width) {
            for feature in 0..<width {
                states[start + feature] = (states[start + feature] - mean[feature]) / deviation[feature]
            }
        }
        self.mean = mean
        self.deviation = deviation
        self.states = states
        self.rows = rows
        self.discounts = discounts
        rewards = log.rewards.map { Float($0 / rewardScale) }
    }

    public var count: Int { rows.count }

    /// Observations after each decision as they were seen, row-major [decisions, features].
    var nextObservations: [Float] {
        let width = log.featureCount
        var result: [Float] = []
        result.reserveCapacity(count * width)
        for row in rows { result += log.observations[(row + 1) * width..<(row + 2) * width] }
        return result
    }

    /// What is permitted after each decision, row-major [decisions, actions]; all where the episode ends.
    var nextPermitted: [Bool] {
        let width = log.actionCount
        var result: [Bool] = []
        result.reserveCapacity(count * width)
        for decision in 0..<count {
            if discounts[decision] > 0 {
                result += log.permitted[(decision + 1) * width..<(decision + 2) * width]
            } else {
                result += repeatElement(true, count: width)
            }
        }
        return result
    }
}
