/// What a policy's answer must be before anybody acts on it.
enum ActionProbabilities {
    /// How far a row's sum may be from 1: single precision over a dozen actions.
    static let tolerance: Float = 1e-4

    /// Throws `ServingError.policyDoesNotFit` unless every row sums to 1 and is 0 wherever an action is not permitted.
    ///
    /// - Parameters:
    ///   - probabilities: row-major [states, actions].
    ///   - permitted: row-major [states, actions].
    static func check(_ probabilities: [Float], permitted: [Bool], actions: Int) throws {
        guard probabilities.count == permitted.count else {
            throw ServingError.policyDoesNotFit(
                problem: "\(probabilities.count) probabilities for \(permitted.count) actions")
        }
        for start in stride(from: 0, to: probabilities.count, by: actions) {
            var sum: Float = 0
            for index in start..<start + actions {
                let value = probabilities[index]
                // Written so that a NaN fails too.
                guard value >= 0, value <= 1 + tolerance else {
                    throw ServingError.policyDoesNotFit(problem: "it gave \(value) as a probability")
                }
                guard permitted[index] || value == 0 else {
                    throw ServingError.policyDoesNotFit(
                        problem: "it gave \(value) to action \(index - start), which the safeguards forbid")
                }
                sum += value
            }
            guard abs(sum - 1) <= tolerance else {
                throw ServingError.policyDoesNotFit(problem: "its probabilities sum to \(sum)")
            }
        }
    }
}
