import LabNumerics
import LabPolicy

extension PolicySuite {
    /// DQN beside each peer and beside its own products, prioritised replay, and conservative Q-learning, at one size of
    /// batches.
    static func learning(batch: Int) -> [Contest] {
        let steps = batch <= 32 ? 200 : 60
        let dqn = DQN(double: false)
        var conservative = CQL()
        // d3rlpy's default.
        conservative.weight = 1
        func contest(
            _ name: String, _ bar: Bar?, _ rival: Contest.Rival, _ method: some Agent,
            _ replay: PrioritisedReplay = .off
        ) -> Contest {
            Contest(
                name: name, measure: .rate("steps/s", work: Double(steps)), bar: bar, rival: rival
            ) { try LearningTask.rounds(method, batch: batch, steps: steps, replay: replay) }
        }
        return [Peer.cleanRL, .d3rlpy, .stableBaselines, .tianshou].map { peer in
            contest(
                "dqn, batch \(batch), beside \(peer.name)", bar(peer, batch: batch),
                peer.rival(batch: batch, steps: steps), dqn)
        } + [
            // The optimiser's share does not grow with the batch: at 32 it is a tenth of the step.
            contest(
                "dqn, batch \(batch), beside its products", .ratio(batch >= 256 ? 0.8 : 0.7),
                .ours(name: "its eleven matrix products alone") {
                    let products = QLearningProducts(batch: batch)
                    return { for _ in 0..<steps { products.step() } }
                }, dqn),
            contest(
                "prioritised dqn, batch \(batch)", .ratio(1), Peer.prioritised.rival(batch: batch, steps: steps), dqn,
                PrioritisedReplay()),
            contest(
                "discrete cql, batch \(batch)", .ratio(1), Peer.conservative.rival(batch: batch, steps: steps),
                conservative),
        ]
    }

    /// What is aimed at beside CleanRL's loop and d3rlpy, by the library for matrix products; to be as fast beside
    /// others.
    private static func bar(_ peer: Peer, batch: Int) -> Bar {
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
