import LabDomain

/// Logged rounds of a bandit: who was there, which item was shown at which position, and what it paid.
public struct BanditRounds: Sendable, Equatable {
    /// One round on its way into a log.
    public struct Round: Sendable, Equatable {
        /// Shape [features].
        public var context: [Float]
        public var item: Int
        public var position: Int
        public var reward: Double
        /// The probability with which the item was chosen for the position; NaN where it is not known.
        public var propensity: Double

        public init(context: [Float], item: Int, position: Int = 0, reward: Double, propensity: Double) {
            self.context = context
            self.item = item
            self.position = position
            self.reward = reward
            self.propensity = propensity
        }
    }

    public let itemCount: Int
    public let positionCount: Int
    /// Names of the context's numbers.
    public let features: [String]
    /// Row-major [rounds, features].
    public private(set) var contexts: [Float] = []
    /// Shape [rounds].
    public private(set) var items: [Int32] = []
    /// From 0; shape [rounds].
    public private(set) var positions: [Int32] = []
    /// Shape [rounds].
    public private(set) var rewards: [Double] = []
    /// Shape [rounds].
    public private(set) var propensities: [Double] = []

    public init(itemCount: Int, positionCount: Int = 1, features: [String]) {
        self.itemCount = itemCount
        self.positionCount = positionCount
        self.features = features
    }

    public var count: Int { items.count }

    /// Adds a round, or says why it cannot be one and adds nothing.
    @discardableResult
    public mutating func append(_ round: Round) -> String? {
        if let problem = problem(round) { return problem }
        contexts += round.context
        items.append(Int32(round.item))
        positions.append(Int32(round.position))
        rewards.append(round.reward)
        propensities.append(round.propensity)
        return nil
    }

    private func problem(_ round: Round) -> String? {
        if !(0..<itemCount).contains(round.item) {
            return "item \(round.item) is unknown: items are 0 ..< \(itemCount)"
        }
        if !(0..<positionCount).contains(round.position) {
            return "position \(round.position) is unknown: positions are 0 ..< \(positionCount)"
        }
        if !round.reward.isFinite { return "the reward is \(round.reward)" }
        if !round.propensity.isNaN, !(round.propensity > 0 && round.propensity <= 1) {
            return "the propensity \(round.propensity) is not in (0, 1]"
        }
        if round.context.count != features.count {
            return "\(round.context.count) numbers are known of it, not \(features.count)"
        }
        return round.context.contains { !$0.isFinite } ? "its context holds a number that is not finite" : nil
    }
}
