/// The exact one-period transitions of the latent customer: `contactCount` + 1 options (the last is no contact),
/// `stateCount` + 1 states (the last is churned, absorbing, worth nothing).
///
/// A state has at most 36 successors (4 moves in the funnel × 3 of fatigue × 3 emotions in the same segment), and which
/// they are does not depend on the option: rows are kept sparse.
public struct EmoSeqKernel: Sendable {
    public let parameters: EmoSeqParameters
    /// Living states and the churned one.
    public let size: Int
    /// Contacts and no contact.
    public let optionCount: Int
    /// Periods that differ: 1 for a stationary population, else the horizon.
    public let phaseCount: Int
    /// Moves in the funnel × of fatigue × emotions.
    static let moves = 36
    /// Successors, [living state, move]; a state can occur more than once.
    let targets: [Int32]
    /// [phase, option, living state, move]; with the chance of leaving a row sums to 1.
    let shares: [Double]
    /// [phase, option, size], currency units.
    let rewards: [Double]

    public init(_ parameters: EmoSeqParameters) {
        let living = parameters.stateCount
        size = living + 1
        optionCount = parameters.contactCount + 1
        phaseCount = parameters.isStationary ? 1 : parameters.horizon
        self.parameters = parameters
        var targets: [Int32] = []
        targets.reserveCapacity(living * Self.moves)
        for state in (0..<living).map(parameters.state) { targets += parameters.successors(of: state) }
        var shares: [Double] = []
        shares.reserveCapacity(phaseCount * optionCount * living * Self.moves)
        var rewards = [Double](repeating: 0, count: phaseCount * optionCount * size)
        for phase in 0..<phaseCount {
            for option in 0..<optionCount {
                for index in 0..<living {
                    let rates = parameters.rates(parameters.state(index), option: option, period: phase)
                    rates.appendShares(to: &shares)
                    rewards[(phase * optionCount + option) * size + index] = rates.meanReward
                }
            }
        }
        self.targets = targets
        self.shares = shares
        self.rewards = rewards
    }

    private func block(_ option: Int, _ period: Int) -> Int {
        (phaseCount == 1 ? 0 : min(period, phaseCount - 1)) * optionCount + option
    }

    /// Expected reward of one period in a state under an option, currency units.
    public func reward(option: Int, state: Int, period: Int = 0) -> Double {
        rewards[block(option, period) * size + state]
    }

    /// The distribution of the next state; shape [size], sums to 1.
    public func row(option: Int, state: Int, period: Int = 0) -> [Double] {
        var row = [Double](repeating: 0, count: size)
        row[size - 1] = 1
        guard state < size - 1 else { return row }
        let start = (block(option, period) * (size - 1) + state) * Self.moves
        for move in 0..<Self.moves {
            row[Int(targets[state * Self.moves + move])] += shares[start + move]
            row[size - 1] -= shares[start + move]
        }
        return row
    }

    /// Expected reward of one period plus the discounted expectation of `values` after it; shape [size].
    public func backup(option: Int, values: [Double], period: Int = 0) -> [Double] {
        let (discount, block, living) = (parameters.discount, block(option, period), size - 1)
        return [Double](unsafeUninitializedCapacity: size) { result, initialised in
            values.withUnsafeBufferPointer { values in
                targets.withUnsafeBufferPointer { targets in
                    shares.withUnsafeBufferPointer { shares in
                        for state in 0..<living {
                            let (from, start) = (state * Self.moves, (block * living + state) * Self.moves)
                            var expectation = 0.0
                            for move in 0..<Self.moves {
                                expectation += shares[start + move] * values[Int(targets[from + move])]
                            }
                            result[state] = rewards[block * size + state] + discount * expectation
                        }
                    }
                }
            }
            result[living] = 0
            initialised = size
        }
    }
}

extension EmoSeqParameters {
    /// The states that a period can lead to, in the order of `EmoSeqRates.appendShares`.
    fileprivate func successors(of state: EmoSeqState) -> [Int32] {
        let (topStage, topFatigue) = (funnelCount - 1, fatigueCount - 1)
        // A conversion sends the customer to stage 1; engagement one stage up; else some decay.
        let stages = [min(1, topStage), min(state.funnel + 1, topStage), max(state.funnel - 1, 0), state.funnel]
        let fatigues = [min(state.fatigue + 1, topFatigue), max(state.fatigue - 1, 0), state.fatigue]
        return stages.flatMap { stage in
            fatigues.flatMap { fatigue in
                (0..<emotionCount).map { emotion in
                    Int32(
                        index(EmoSeqState(segment: state.segment, emotion: emotion, funnel: stage, fatigue: fatigue)))
                }
            }
        }
    }
}

extension EmoSeqRates {
    fileprivate func appendShares(to shares: inout [Double]) {
        let rest = 1 - conversion
        let idle = rest * (1 - engagement)
        let (survival, stays) = (survival, 1 - fatigueRise - fatigueFall)
        for stage in [conversion, rest * engagement, idle * funnelDecay, idle * (1 - funnelDecay)] {
            for fatigue in [fatigueRise, fatigueFall, stays] {
                for next in 0..<3 { shares.append(survival * stage * fatigue * emotion[next]) }
            }
        }
    }
}
