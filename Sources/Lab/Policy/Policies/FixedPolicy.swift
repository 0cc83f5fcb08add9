public import LabDomain

/// The first permitted action of a list, whatever the state: the simplest thing that can be wrong.
public struct FixedPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount: Int
    /// Actions by preference; the waits should come last, since they are always permitted.
    public let preferences: [Int]

    public init(schema: StateSchema, actionCount: Int, preferences: [Int]) {
        self.schema = schema
        self.actionCount = actionCount
        self.preferences = preferences
    }

    /// Always promotes on the third channel of EmoSeq, the dear one that wears customers out; where that is forbidden
    /// informs there.
    ///
    /// On the second channel it would be worse as a whole too (6.3 EUR a customer against 8.8 of the behaviour policy),
    /// but a share of 5 % of it would change next to nothing, and the gate judges shares.
    public static func alwaysPromote(schema: StateSchema) -> FixedPolicy {
        FixedPolicy(schema: schema, actionCount: 12, preferences: [8, 2, 9])
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        let rows = states.count / max(schema.features.count, 1)
        try checkShape(rows: rows, permitted: permitted)
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<rows {
            guard let action = preferences.first(where: { permitted[row * actionCount + $0] }) else {
                throw PolicyError.nothingPermitted(row: row)
            }
            result[row * actionCount + action] = 1
        }
        return result
    }
}
