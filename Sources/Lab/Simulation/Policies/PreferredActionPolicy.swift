public import LabDomain

/// The first permitted action of a list, whatever is seen.
public struct PreferredActionPolicy: PolicyScorer {
    public let schema: StateSchema
    public let actionCount: Int
    /// Actions by preference; a wait should come last, since it is always permitted.
    public let preferences: [Int]

    public init(_ parameters: EmoSeqParameters, preferences: [Int]) {
        schema = parameters.schema
        actionCount = parameters.actionCount
        self.preferences = preferences
    }

    /// Promotes by the second channel in every period; waits one period where that is forbidden.
    public static func promoting(_ parameters: EmoSeqParameters) -> PreferredActionPolicy {
        let actions = parameters.actions
        let channel = min(1, parameters.channelCount - 1)
        let promotion = actions.indices.first { actions[$0].creative == .promote && actions[$0].channel == channel }
        return PreferredActionPolicy(parameters, preferences: [promotion, shortestWait(actions)].compactMap { $0 })
    }

    /// Never contacts.
    public static func holding(_ parameters: EmoSeqParameters) -> PreferredActionPolicy {
        PreferredActionPolicy(parameters, preferences: [shortestWait(parameters.actions)].compactMap { $0 })
    }

    private static func shortestWait(_ actions: [EmoSeqAction]) -> Int? {
        actions.indices.filter { actions[$0].creative == nil }.min { actions[$0].periods < actions[$1].periods }
    }

    public func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<permitted.count / actionCount {
            guard let action = preferences.first(where: { permitted[row * actionCount + $0] }) else {
                throw SimulationError.policyDoesNotFit("row \(row) permits none of the preferred actions")
            }
            result[row * actionCount + action] = 1
        }
        return result
    }
}
