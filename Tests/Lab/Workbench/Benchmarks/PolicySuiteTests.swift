import LabRuns
import LabWorkbench
import Testing

@Suite("The benchmark of learning")
struct PolicySuiteTests {
    @Test("Without peers every row has a value, and only bars that need none are judged")
    func alone() async throws {
        let rows = try await PolicySuite().rows(BenchmarkOptions(quick: true, peers: false))
        let names = rows.map(\.name)
        #expect(Set(names).count == names.count)
        for name in [
            "dqn, batch 32, beside CleanRL's loop", "dqn, batch 256, beside d3rlpy", "discrete cql, batch 32",
            "emoseq s, random actions",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        for row in rows {
            #expect(row.value > 0 && row.value.isFinite && row.bar != nil, "\(row.name)")
            let needsPeer = row.bar?.hasPrefix("ratio") == true
            if needsPeer { #expect((row.met == nil) == (row.ratio == nil), "\(row.name)") }
        }
        #expect(rows.first { $0.name == "dqn, batch 32, beside its products" }?.ratio != nil)
        #expect(rows.first { $0.name == "dqn, batch 32, beside d3rlpy" }?.bar == "ratio ≥ 4.2")
        #expect(rows.first { $0.name == "emoseq s, random actions" }?.met != nil)
    }
}
