public import LabNumerics

/// Why a policy prefers one action in one state: what it gives each action, and which parts of the observation move that.
public struct DecisionExplanation: Sendable, Equatable {
    /// Shape [actions].
    public let scores: [Double]
    /// Shape [actions]: what the safeguards left.
    public let permitted: [Bool]
    /// The permitted action of the largest score.
    public let chosen: Int
    /// The best permitted action beside it; `nil` where there is none.
    public let runnerUp: Int?
    /// The best action if nothing were forbidden.
    public let unmasked: Int
    /// Of the margin between `chosen` and `runnerUp`; of the chosen's score where there is no other.
    public let margin: ShapleyValues

    /// How much the chosen action is ahead of the runner-up; `nil` where there is none.
    public var gap: Double? { runnerUp.map { scores[chosen] - scores[$0] } }

    /// Actions by their scores, the best first.
    public var ranking: [Int] { scores.indices.sorted { scores[$0] > scores[$1] } }
}

extension ShapleyExplainer {
    /// Explains what the scorer prefers in a state under a mask.
    ///
    /// Throws `PolicyError.nothingPermitted` for a mask of nothing.
    public func decision(_ state: [Float], permitted: [Bool], stream: RandomStream) throws -> DecisionExplanation {
        let scores = try scorer.scores(states: state).elements.map { Double($0) }
        guard permitted.count == scores.count else {
            throw PolicyError.schemaMismatch(
                policy: "\(scores.count) actions", found: "a mask of \(permitted.count)")
        }
        // Of equals the first, as policies choose.
        func best(_ actions: [Int]) -> Int? {
            actions.reduce(nil) { best, action in
                best.map { scores[action] > scores[$0] ? action : $0 } ?? action
            }
        }
        let open = scores.indices.filter { permitted[$0] }
        guard let chosen = best(open), let unmasked = best(Array(scores.indices)) else {
            throw PolicyError.nothingPermitted(row: 0)
        }
        let runnerUp = best(open.filter { $0 != chosen })
        var target = [Float](repeating: 0, count: scores.count)
        target[chosen] = 1
        if let runnerUp { target[runnerUp] = -1 }
        return DecisionExplanation(
            scores: scores, permitted: permitted, chosen: chosen, runnerUp: runnerUp, unmasked: unmasked,
            margin: try values(of: state, target: target, stream: stream))
    }
}
