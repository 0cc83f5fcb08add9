import Foundation
import LabDomain

/// Makes a bundle's files into policies that can be asked.
///
/// Whoever logs with a policy of their own gives both closures; `standard` knows what Lab itself trains and logs with.
public struct PolicyLoader: Sendable {
    /// From a bundle's folder to the trained policy.
    public var learned: @Sendable (_ bundle: URL, _ card: PolicyCard) throws -> any PolicyScorer
    /// The policy that made the log, on which everything falls back.
    public var behaviour: @Sendable (_ card: PolicyCard) throws -> any PolicyScorer

    public init(
        learned: @escaping @Sendable (_ bundle: URL, _ card: PolicyCard) throws -> any PolicyScorer,
        behaviour: @escaping @Sendable (_ card: PolicyCard) throws -> any PolicyScorer
    ) {
        self.learned = learned
        self.behaviour = behaviour
    }

    /// The policy that a bundle carries; throws `ServingError.policyDoesNotFit` where its shape is another.
    func load(bundle: URL, card: PolicyCard) throws -> any PolicyScorer {
        let policy =
            switch card.kind {
            case .learned: try learned(bundle, card)
            case .behaviour: try behaviour(card)
            }
        return try checked(policy, card)
    }

    func fallback(_ card: PolicyCard) throws -> any PolicyScorer { try checked(behaviour(card), card) }

    private func checked(_ policy: any PolicyScorer, _ card: PolicyCard) throws -> any PolicyScorer {
        guard policy.schema == card.schema else {
            throw ServingError.policyDoesNotFit(problem: "its state schema is not the one in bundle.json")
        }
        guard policy.actionCount == card.actions.count else {
            throw ServingError.policyDoesNotFit(
                problem: "it has \(policy.actionCount) actions, the manifest \(card.actions.count)")
        }
        return policy
    }
}
