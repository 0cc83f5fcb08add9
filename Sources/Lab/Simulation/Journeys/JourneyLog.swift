public import LabDomain

/// Logged journeys as plain arrays: episodes one after another, each with its decisions in order.
///
/// Episode e has the decisions `offsets[e] ..< offsets[e + 1]`. An episode with T decisions has T + 1 observations (the
/// last one shows how it ended), so decision d of episode e is observation row d + e and its successor d + e + 1.
public struct JourneyLog: Sendable, Equatable {
    public let schema: StateSchema
    public let actionCount: Int
    /// Discount a period, in (0, 1].
    public let discount: Double
    /// Shape [episodes + 1], from 0 to the number of decisions.
    public internal(set) var offsets: [Int] = [0]
    /// Row-major [decisions + episodes, features].
    public internal(set) var observations: [Float] = []
    /// Shape [decisions].
    public internal(set) var actions: [Int32] = []
    /// Currency units, discounted to the decision; shape [decisions].
    public internal(set) var rewards: [Double] = []
    /// Periods until the next decision; shape [decisions].
    public internal(set) var elapsed: [Int32] = []
    /// The probability with which the behaviour policy took the action, NaN where it is not known; shape [decisions].
    public internal(set) var propensities: [Double] = []
    /// Row-major [decisions, actionCount].
    public internal(set) var permitted: [Bool] = []
    /// The customer churned after this decision; shape [decisions].
    public internal(set) var terminal: [Bool] = []
    /// What the safeguards saw, row-major [decisions, 3]; NaN where nothing was read.
    public internal(set) var readings: [Float] = []
    /// Which post was read, −1 for none; shape [decisions].
    public internal(set) var posts: [Int32] = []
    /// Row-major [decisions, `JourneyOutcome.width`].
    public internal(set) var outcomes: [Float] = []
    /// Shape [episodes].
    public internal(set) var customers: [Int32] = []
    /// Shape [episodes].
    public internal(set) var segments: [Int32] = []

    /// An empty log.
    public init(schema: StateSchema, actionCount: Int, discount: Double) {
        self.schema = schema
        self.actionCount = actionCount
        self.discount = discount
    }

    public var episodeCount: Int { offsets.count - 1 }
    public var decisionCount: Int { actions.count }
    public var featureCount: Int { schema.features.count }

    /// The decisions of one episode.
    public func decisions(_ episode: Int) -> Range<Int> { offsets[episode]..<offsets[episode + 1] }

    /// The row in `observations` of a decision of an episode.
    public func observationRow(_ decision: Int, episode: Int) -> Int { decision + episode }

    /// What a decision led to until the next.
    public func outcome(_ decision: Int) -> JourneyOutcome { JourneyOutcome(outcomes, at: decision) }

    /// Discounted return of each episode, currency units; shape [episodes].
    public var returns: [Double] {
        (0..<episodeCount).map { episode in
            var (sum, factor) = (0.0, 1.0)
            for decision in decisions(episode) {
                sum += factor * rewards[decision]
                for _ in 0..<elapsed[decision] { factor *= discount }
            }
            return sum
        }
    }

    /// Observations at decisions only, without those that end episodes; row-major [decisions, features].
    public var decisionObservations: [Float] {
        var result: [Float] = []
        result.reserveCapacity(decisionCount * featureCount)
        for episode in 0..<episodeCount {
            let rows = decisions(episode)
            result +=
                observations[
                    (rows.lowerBound + episode) * featureCount..<(rows.upperBound + episode) * featureCount]
        }
        return result
    }
}
