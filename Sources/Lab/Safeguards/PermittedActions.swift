public import LabDomain

/// The actions that the safeguards leave for one decision. Only a `Safeguard` makes one, and only from an assessment,
/// so what asks for it cannot decide before the safeguards were asked.
public struct PermittedActions: Hashable, Sendable {
    public let assessment: Assessment
    /// Whether the decision may use what is known of the person.
    public let targeting: Targeting
    /// Shape [actions], in the order of the action table; waiting is always permitted.
    public let mask: [Bool]
    /// Why actions are missing; empty where all are left.
    public let causes: [SafeguardReason]

    /// The causes as one sentence each.
    public var reasons: [String] { causes.map(\.sentence) }

    /// Whether the action is permitted; false for an index outside of the table.
    public func permits(action: Int) -> Bool { mask.indices.contains(action) && mask[action] }

    /// The decision for an action, with this mask.
    ///
    /// Throws `SafeguardsError.forbiddenAction` where it is not permitted, `.invalidPropensity` outside of (0, 1].
    public func decide(customer: CustomerID, action: Int, propensity: Double) throws -> Decision {
        guard permits(action: action) else {
            throw SafeguardsError.forbiddenAction(action: action, assessment: assessment)
        }
        guard propensity > 0, propensity <= 1 else { throw SafeguardsError.invalidPropensity(propensity) }
        return Decision(customer: customer, action: action, propensity: propensity, permitted: mask)
    }

    /// Action probabilities with what is forbidden set to 0 and the rest scaled to sum to 1.
    ///
    /// Where everything permitted has probability 0 the permitted actions share alike. Shape [actions] in and out;
    /// throws `SafeguardsError.shape` for another length.
    public func renormalise(_ probabilities: [Double]) throws -> [Double] {
        guard probabilities.count == mask.count else {
            throw SafeguardsError.shape("action probabilities", expected: mask.count, found: probabilities.count)
        }
        var result = probabilities
        var sum = 0.0
        for index in result.indices {
            if mask[index] { sum += result[index] } else { result[index] = 0 }
        }
        if sum > 0 { return result.map { $0 / sum } }
        let share = 1 / Double(mask.count { $0 })
        return mask.map { $0 ? share : 0 }
    }
}

/// The permitted actions of many decisions at once; like `PermittedActions`, only a `Safeguard` makes one.
public struct PermittedBatch: Hashable, Sendable {
    /// Shape [decisions].
    public let assessments: [Assessment]
    /// Row-major [decisions, actions].
    public let mask: [Bool]
    public let actionCount: Int
    /// Whom the decisions concern.
    public let audience: Audience

    /// Why actions are missing from one decision; empty where all are left.
    public func causes(decision: Int) -> [SafeguardReason] {
        [assessments[decision].reason].compactMap { $0 } + audience.reasons
    }

    public var count: Int { assessments.count }

    public func permits(action: Int, decision: Int) -> Bool { mask[decision * actionCount + action] }

    /// How many decisions have each assessment, in the order of `Assessment.allCases`.
    public var counts: [Int] {
        var counts = [Int](repeating: 0, count: Assessment.allCases.count)
        for assessment in assessments { counts[assessment.rawValue] += 1 }
        return counts
    }
}
