import LabNumerics

/// A learner of Q with its replay memory, reduced to what a step needs: the work that the peers do.
final class QLearningStep {
    static let features = 32
    static let actions = 12
    static let sizes = [features, 256, 256, actions]
    static let transitions = 100_000

    private let batch: Int
    /// Whether it is conservative Q-learning with double Q targets, as d3rlpy's, instead of DQN.
    private let conservative: Bool
    private var online = MLP(sizes: sizes, stream: RandomStream(seed: 1, name: "online"))
    private var slow: MLP
    private var adam = Adam(learningRate: 2.5e-4)
    private let tape = Tape()
    private var draws = RandomStream(seed: 1, name: "batches")
    private var steps = 0

    private let states = Field(transitions * features)
    private let nextStates = Field(transitions * features)
    private let rewards = Field(transitions)
    private let taken: [Int]
    private let discounts: [Float]

    private var chosen: [Int]
    private var chosenActions: [Int]
    private var goals: Matrix

    init(batch: Int, conservative: Bool = false) {
        self.batch = batch
        self.conservative = conservative
        slow = online
        var stream = RandomStream(seed: 1, name: "transitions")
        taken = (0..<Self.transitions).map { _ in stream.nextInt(below: Self.actions) }
        discounts = (0..<Self.transitions).map { _ in stream.nextInt(below: 20) == 0 ? 0 : 0.99 }
        chosen = Array(repeating: 0, count: batch)
        chosenActions = chosen
        goals = Matrix(rows: batch, columns: 1)
    }

    /// One gradient step.
    func step() {
        tape.reset()
        for place in 0..<batch {
            chosen[place] = draws.nextInt(below: Self.transitions)
            chosenActions[place] = taken[chosen[place]]
        }
        setGoals(at: gathered(nextStates))
        let parameters = online.recorded(on: tape)
        let values = online.forward(gathered(states), parameters: parameters, on: tape)
        let value = tape.gather(values, columns: chosenActions)
        var loss = conservative ? tape.huber(value, target: goals) : tape.mse(value, target: goals)
        if conservative {
            let gap = tape.mean(tape.gather(tape.logSoftmax(values), columns: chosenActions))
            loss = tape.subtract(loss, gap)
        }
        tape.backward(from: loss)
        adam.step(&online.parameters)
        steps += 1
        if steps % 500 == 0 { slow.blend(towards: online, rate: 1) }
    }

    /// r + γ · max Q⁻(s′, ·), or r + γ · Q⁻(s′, argmax Q(s′, ·)).
    private func setGoals(at next: Variable) {
        let later = slow.forward(next, parameters: slow.fixed(on: tape), on: tape)
        let guide = conservative ? online.forward(next, parameters: online.fixed(on: tape), on: tape) : later
        tape.withValues(of: guide) { guide in
            tape.withValues(of: later) { later in
                for place in 0..<batch {
                    var best = place * Self.actions
                    for entry in best + 1..<best + Self.actions where guide[entry] > guide[best] { best = entry }
                    let transition = chosen[place]
                    goals.elements[place] = rewards.start[transition] + discounts[transition] * later[best]
                }
            }
        }
    }

    private func gathered(_ rows: Field) -> Variable {
        tape.constant(rows: batch, columns: Self.features) { target in
            guard let start = target.baseAddress else { return }
            for place in 0..<batch {
                (start + place * Self.features).update(
                    from: rows.start + chosen[place] * Self.features, count: Self.features)
            }
        }
    }
}
