import LabDomain
import LabNumerics
import LabSimulation

extension PolicySuite {
    private static let customers = 2_048

    /// Simulated customers under random actions: how many of their periods a processor second holds.
    static var simulation: Contest {
        let periods = (try? simulated()) ?? 0
        return Contest(
            name: "emoseq s, random actions", measure: .rate("M customer-periods/s", work: 1e-6 * Double(periods)),
            bar: .atLeast(2)
        ) { { _ = try simulated() } }
    }

    /// Plays whole episodes and returns the periods that the customers lived.
    private static func simulated() throws -> Int {
        let stream = RandomStream(seed: 1, name: "benchmark")
        var environment = try EmoSeqEnvironment(.presetS, stream: stream.child("customers"))
        var draws = stream.child("actions")
        var batch = EnvironmentBatch(count: customers, featureCount: environment.schema.features.count)
        environment.reset(customers: 0..<customers, into: &batch)
        var actions = [Int32](repeating: 0, count: customers)
        while (0..<customers).contains(where: { !batch.ended($0) }) {
            for place in 0..<customers { actions[place] = Int32(draws.nextInt(below: environment.actionCount)) }
            try environment.step(actions: actions, into: &batch)
        }
        return batch.periods.reduce(0) { $0 + Int($1) }
    }
}
