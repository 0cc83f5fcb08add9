/// How much each group of features adds to a target in one state, beside states that the log shows.
public struct ShapleyValues: Sendable, Equatable {
    /// The share of one group.
    public struct Share: Sendable, Equatable {
        public let group: String
        public let value: Double
        /// Of `value`, over the background's states and the orders that were drawn; 0 for an exact value.
        public let standardError: Double
    }

    /// The target in the state itself.
    public let value: Double
    /// Its mean over the background; the shares sum to `value` − `background`.
    public let background: Double
    /// One a group, in the order of the groups.
    public let shares: [Share]

    /// The groups that move the target most, first.
    public var bySize: [Share] { shares.sorted { abs($0.value) > abs($1.value) } }
}
