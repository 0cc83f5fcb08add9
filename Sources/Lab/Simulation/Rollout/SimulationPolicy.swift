public import LabDomain

/// Decides for a batch of simulated customers: from what is seen of them, what is remembered of them or, as a reference in
/// simulation only, what is hidden in them.
///
/// Every `PolicyScorer` becomes one by `ObservedPolicy`.
public protocol SimulationPolicy: Sendable {
    var schema: StateSchema { get }
    var actionCount: Int { get }
    /// Whether it must see every period, also those in which nothing is decided. Default: no.
    var followsPeriods: Bool { get }

    /// A new batch of customers begins: what was remembered of others is forgotten.
    mutating func begin(_ batch: EnvironmentBatch)

    /// The probabilities of the actions at a decision.
    mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities

    /// A period has passed, for policies that follow periods.
    ///
    /// - Parameters:
    ///   - options: what each customer was given; −1 for those whose episode was over.
    ///   - batch: what it brought.
    mutating func follow(options: [Int32], _ batch: EnvironmentBatch)
}

extension SimulationPolicy {
    public var followsPeriods: Bool { false }
    public mutating func begin(_ batch: EnvironmentBatch) {}
    public mutating func follow(options: [Int32], _ batch: EnvironmentBatch) {}
}

/// What a policy is shown at a decision; rows are the customers about whom is decided.
public struct DecisionView: Sendable {
    /// Places in the batch, one a row.
    public let places: [Int]
    /// Row-major [rows, features].
    public let states: [Float]
    /// What a model read of them, row-major [rows, 3].
    public let readings: [Float]
    /// Periods since the episode began, one a row.
    public let periods: [Int32]
    /// Row-major [rows, actions].
    public let permitted: [Bool]
    /// Hidden states by number, one a row; empty where the environment hides nothing that it could tell.
    public let hiddenStates: [Int32]
    /// Hidden emotions, one a row; empty likewise.
    public let hiddenEmotions: [Int32]
}

/// With what probabilities a policy acts, and what it says of them.
public struct ActionProbabilities: Sendable {
    /// Row-major [rows, actions].
    public var acting: [Float]
    /// What is recorded as propensities, where that is not the truth.
    public var recorded: [Float]?

    public init(acting: [Float], recorded: [Float]? = nil) {
        self.acting = acting
        self.recorded = recorded
    }
}

/// A policy that looks at observations only.
public struct ObservedPolicy: SimulationPolicy {
    public let policy: any PolicyScorer
    public var schema: StateSchema { policy.schema }
    public var actionCount: Int { policy.actionCount }

    public init(_ policy: any PolicyScorer) { self.policy = policy }

    public mutating func decide(_ decision: DecisionView) throws -> ActionProbabilities {
        ActionProbabilities(
            acting: try policy.probabilities(states: decision.states, permitted: decision.permitted))
    }
}
