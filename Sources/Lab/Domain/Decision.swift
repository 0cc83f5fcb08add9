/// What a policy decided for one customer at one moment, with what is needed to evaluate it later.
public struct Decision: Hashable, Codable, Sendable {
    public let customer: CustomerID
    /// Index in the action space's order.
    public let action: Int
    /// The probability with which the deciding policy takes this action here, in (0, 1].
    public let propensity: Double
    /// Which actions the safeguards permitted, in the action space's order.
    public let permitted: [Bool]

    public init(customer: CustomerID, action: Int, propensity: Double, permitted: [Bool]) {
        self.customer = customer
        self.action = action
        self.propensity = propensity
        self.permitted = permitted
    }
}

/// What followed a decision.
public struct Outcome: Hashable, Codable, Sendable {
    public let customer: CustomerID
    public let engaged: Bool
    public let converted: Bool
    /// What the customer paid, before the cost of contact.
    public let revenue: Money
    /// What the contact cost.
    public let cost: Money
    public let churned: Bool

    public init(customer: CustomerID, engaged: Bool, converted: Bool, revenue: Money, cost: Money, churned: Bool) {
        self.customer = customer
        self.engaged = engaged
        self.converted = converted
        self.revenue = revenue
        self.cost = cost
        self.churned = churned
    }
}

/// Gives action probabilities for states: the ability of `LabPolicy` that delivery and serving use.
public protocol PolicyScorer: Sendable {
    var schema: StateSchema { get }
    var actionCount: Int { get }
    /// Probabilities, row-major [states, actionCount]; a row sums to 1 and is 0 where `permitted` is false.
    ///
    /// - Parameters:
    ///   - states: row-major [states, features].
    ///   - permitted: row-major [states, actionCount]; each row permits at least one action.
    func probabilities(states: [Float], permitted: [Bool]) throws -> [Float]
}
