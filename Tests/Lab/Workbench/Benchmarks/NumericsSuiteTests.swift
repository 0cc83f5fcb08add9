import LabRuns
import LabWorkbench
import Testing

@Suite("The benchmark of numerics")
struct NumericsSuiteTests {
    @Test("Without peers every row has a value, and only bars of values are judged")
    func alone() async throws {
        let rows = try await NumericsSuite().rows(BenchmarkOptions(quick: true, peers: false))
        let names = rows.map(\.name)
        #expect(Set(names).count == names.count)
        for name in [
            "gemm", "kernel tanh", "layer norm and back", "mlp 256-256", "tape operation", "bootstrap of a mean",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        for row in rows {
            #expect(row.value > 0 && row.value.isFinite && row.bar != nil, "\(row.name)")
            if row.bar?.hasPrefix("ratio") == true { #expect((row.met == nil) == (row.ratio == nil), "\(row.name)") }
        }
        #expect(rows.first { $0.name == "tape operation" }?.met != nil)
        #expect(rows.first { $0.name == "mlp 256-256 beside its products" }?.peer == "its five matrix products alone")
        #expect(rows.first { $0.name == "gemm" }?.peer == nil)
    }

    @Test("The loops in C run where there is a gcc", .enabled(if: (try? Program.find("gcc")) != nil))
    func besideC() async throws {
        let options = BenchmarkOptions(quick: true, peers: true, filter: "kernel gelu")
        let rows = try await NumericsSuite().rows(options)
        #expect(rows.map(\.name) == ["kernel gelu", "kernel gelu backward"])
        for row in rows {
            #expect(row.peer?.contains("gcc") == true && row.ratio ?? 0 > 0 && row.met != nil)
        }
    }
}
