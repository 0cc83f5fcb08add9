import LabDomain
public import LabSafeguards

/// What the safeguards leave of an action space, and how likely: the random mask that a policy meets at each decision.
public struct AssessedActions: Sendable {
    public let odds: AssessmentOdds
    /// The permitted actions by assessment; [assessment][action].
    public let masks: [[Bool]]

    /// - Parameters:
    ///   - table: the kinds of the actions.
    ///   - odds: how likely each assessment is in each emotion.
    public init(_ safeguard: Safeguard, table: ActionTable, odds: AssessmentOdds) {
        self.odds = odds
        let permitted = safeguard.permittedActions(assessments: Assessment.allCases, audience: .adult, table: table)
        masks = Assessment.allCases.indices.map {
            Array(permitted.mask[$0 * table.count..<($0 + 1) * table.count])
        }
    }

    /// The rules that EmoSeq's own voice makes under a safeguard.
    public init(_ parameters: EmoSeqParameters, safeguard: Safeguard = Safeguard()) throws {
        self.init(
            safeguard, table: try parameters.actionTable, odds: AssessmentOdds(parameters, safeguard: safeguard))
    }

    /// The mean of `value` over the masks that an emotion brings.
    func expectation(emotion: Int, _ value: (_ permitted: [Bool]) -> Double) -> Double {
        var sum = 0.0
        for (assessment, probability) in odds.probabilities[emotion].enumerated() where probability > 0 {
            sum += probability * value(masks[assessment])
        }
        return sum
    }
}
