import LabNumerics

extension PolicySuite {
    /// DQN beside each peer and beside its own products, and conservative Q-learning, at one size of batches.
    static func learning(batch: Int) -> [Contest] {
        let steps = batch <= 32 ? 200 : 60
        return [Peer.cleanRL, .d3rlpy, .stableBaselines, .tianshou].map { peer in
            Contest(
                name: "dqn, batch \(batch), beside \(peer.name)", measure: .rate("steps/s", work: Double(steps)),
                bar: bar(peer, batch: batch), rival: peer.rival(batch: batch, steps: steps)
            ) { rounds(QLearningStep(batch: batch), steps) }
        } + [
            Contest(
                name: "dqn, batch \(batch), beside its products", measure: .rate("steps/s", work: Double(steps)),
                // Adam's share does not grow with the batch: at 32 it is a tenth of the step.
                bar: .ratio(batch >= 256 ? 0.8 : 0.7),
                rival: .ours(name: "its eleven matrix products alone") {
                    let products = QLearningProducts(batch: batch)
                    return { for _ in 0..<steps { products.step() } }
                }
            ) { rounds(QLearningStep(batch: batch), steps) },
            Contest(
                name: "discrete cql, batch \(batch)", measure: .rate("steps/s", work: Double(steps)), bar: .ratio(1),
                rival: Peer.conservative.rival(batch: batch, steps: steps)
            ) { rounds(QLearningStep(batch: batch, conservative: true), steps) },
        ]
    }

    private static func rounds(_ learner: QLearningStep, _ steps: Int) -> () -> Void {
        { for _ in 0..<steps { learner.step() } }
    }

    /// What the roadmap asks of each library for matrix products; `nil` where it asks nothing.
    private static func bar(_ peer: Peer, batch: Int) -> Bar? {
        switch (GEMM.kind, peer, batch) {
        case (.openBLAS, .cleanRL, 32): .ratio(2.3)
        case (.openBLAS, .cleanRL, 256): .ratio(1.5)
        case (.openBLAS, .d3rlpy, 32): .ratio(4.2)
        case (.openBLAS, .d3rlpy, 256): .ratio(3.5)
        case (.oneDNN, .cleanRL, 32): .ratio(3.5)
        case (.oneDNN, .cleanRL, 256): .ratio(2.5)
        case (.oneDNN, .d3rlpy, 32): .ratio(6.5)
        case (.oneDNN, .d3rlpy, 256): .ratio(6)
        default: .ratio(1)
        }
    }
}
