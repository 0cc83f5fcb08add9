public import LabDomain
public import LabSimulation

/// In what terms an agent learns: which observations and actions, how observations are normalised, what reward counts as 1.
public struct LearningFrame: Sendable, Equatable, Codable {
    public let schema: StateSchema
    public let actionCount: Int
    /// Shape [features]: subtracted from an observation …
    public let mean: [Float]
    /// … which is then divided by this.
    public let deviation: [Float]
    /// Currency units that become 1.
    public let rewardScale: Float

    /// Observations as they are: mean 0, deviation 1.
    public init(schema: StateSchema, actionCount: Int, rewardScale: Double = 1) {
        self.schema = schema
        self.actionCount = actionCount
        mean = Array(repeating: 0, count: schema.features.count)
        deviation = Array(repeating: 1, count: schema.features.count)
        self.rewardScale = Float(rewardScale)
    }

    /// - Parameters:
    ///   - mean: shape [features].
    ///   - deviation: shape [features], positive.
    public init(schema: StateSchema, actionCount: Int, mean: [Float], deviation: [Float], rewardScale: Float) {
        self.schema = schema
        self.actionCount = actionCount
        self.mean = mean
        self.deviation = deviation
        self.rewardScale = rewardScale
    }

    /// Mean 0 and deviation 1 over the observations at a log's decisions; a feature that never varies is only centred, so
    /// that another value of it later does not drown the others.
    public init(_ log: JourneyLog, rewardScale: Double) {
        let width = log.featureCount
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        var varies = [Bool](repeating: false, count: width)
        for episode in 0..<log.episodeCount {
            for decision in log.decisions(episode) {
                let start = log.observationRow(decision, episode: episode) * width
                for feature in 0..<width {
                    let value = Double(log.observations[start + feature])
                    sums[feature] += value
                    squares[feature] += value * value
                    if log.observations[start + feature] != log.observations[feature] { varies[feature] = true }
                }
            }
        }
        let count = Double(max(log.decisionCount, 1))
        schema = log.schema
        actionCount = log.actionCount
        mean = sums.map { Float($0 / count) }
        deviation = (0..<width).map { feature in
            let (sum, square) = (sums[feature], squares[feature])
            let variance = max((square / count - sum / count * (sum / count)), 0)
            return varies[feature] ? Float(variance.squareRoot() + 1e-6) : 1
        }
        self.rewardScale = Float(rewardScale)
    }

    /// Normalises row-major states [rows, features] in place.
    public func normalise(_ states: inout [Float]) {
        let width = mean.count
        guard width > 0 else { return }
        states.withUnsafeMutableBufferPointer { states in
            for start in stride(from: 0, to: states.count, by: width) {
                for feature in 0..<width {
                    states[start + feature] = (states[start + feature] - mean[feature]) / deviation[feature]
                }
            }
        }
    }
}
