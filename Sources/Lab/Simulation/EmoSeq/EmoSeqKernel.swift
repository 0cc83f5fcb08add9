/// The exact one-period transitions of the latent customer: `contactCount` + 1 options (the last is no contact),
/// `stateCount` + 1 states (the last is churned, absorbing, worth nothing).
public struct EmoSeqKernel: Sendable {
    public let parameters: EmoSeqParameters
    /// Living states and the churned one.
    public let size: Int
    /// Contacts and no contact.
    public let optionCount: Int
    /// Row-major [option, state, next state]; each row sums to 1.
    public let transitions: [Double]
    /// Expected reward of one period, [option, state], currency units.
    public let rewards: [Double]

    public init(_ parameters: EmoSeqParameters) {
        let living = parameters.stateCount
        let size = living + 1
        let options = parameters.contactCount + 1
        var transitions = [Double](repeating: 0, count: options * size * size)
        var rewards = [Double](repeating: 0, count: options * size)
        let (topStage, topFatigue) = (parameters.funnelCount - 1, parameters.fatigueCount - 1)
        for option in 0..<options {
            for index in 0..<living {
                let state = parameters.state(index)
                let rates = parameters.rates(state, option: option)
                rewards[option * size + index] = rates.meanReward
                let row = (option * size + index) * size
                // A conversion sends the customer to stage 1; engagement one stage up; else some decay.
                let rest = 1 - rates.conversion
                let idle = rest * (1 - rates.engagement)
                let stages = [
                    (min(1, topStage), rates.conversion), (min(state.funnel + 1, topStage), rest * rates.engagement),
                    (max(state.funnel - 1, 0), idle * rates.funnelDecay),
                    (state.funnel, idle * (1 - rates.funnelDecay)),
                ]
                let fatigues = [
                    (min(state.fatigue + 1, topFatigue), rates.fatigueRise),
                    (max(state.fatigue - 1, 0), rates.fatigueFall),
                    (state.fatigue, 1 - rates.fatigueRise - rates.fatigueFall),
                ]
                for (stage, stageShare) in stages {
                    for (fatigue, fatigueShare) in fatigues {
                        for emotion in 0..<parameters.emotionCount {
                            let next = EmoSeqState(
                                segment: state.segment, emotion: emotion, funnel: stage, fatigue: fatigue)
                            transitions[row + parameters.index(next)] +=
                                (1 - rates.churn) * stageShare * fatigueShare * rates.emotion[emotion]
                        }
                    }
                }
                transitions[row + living] += rates.churn
            }
            transitions[(option * size + living) * size + living] = 1
        }
        self.parameters = parameters
        self.size = size
        self.optionCount = options
        self.transitions = transitions
        self.rewards = rewards
    }

    /// Expected reward of one period plus the discounted expectation of `values` after it; shape [size].
    public func backup(option: Int, values: [Double]) -> [Double] {
        let discount = parameters.discount
        return (0..<size).map { state in
            let row = (option * size + state) * size
            var expectation = 0.0
            for next in 0..<size { expectation += transitions[row + next] * values[next] }
            return rewards[option * size + state] + discount * expectation
        }
    }
}
