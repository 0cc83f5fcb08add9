import LabRuns
import LabWorkbench
import Testing

@Suite struct NumericsSuiteTests {
    @Test func everyRowHasARateAndSaysWhatItsPeerIs() async throws {
        let rows = try await NumericsSuite().rows(BenchmarkOptions(quick: true, peers: true))
        #expect(rows.map(\.name) == ["gemm", "relu", "tanh", "dqn", "normal", "bootstrap"])
        for row in rows {
            #expect(row.value > 0 && row.value.isFinite)
            #expect(row.bar != nil && (row.peer == nil) == (row.ratio == nil) && (row.met == nil) == (row.ratio == nil))
        }
    }
}
