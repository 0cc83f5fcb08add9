import LabRuns
import LabWorkbench
import Testing

@Suite("The benchmark of runs")
struct RunsSuiteTests {
    @Test("Without peers every row has a value, and bars of values are judged")
    func alone() async throws {
        let rows = try await RunsSuite().rows(BenchmarkOptions(quick: true, peers: false))
        let names = rows.map(\.name)
        #expect(Set(names).count == names.count)
        for name in [
            "points buffered beside MLflow on files", "points flushed each", "start and end beside MLflow on SQLite",
            "inodes a run", "query over 1,000 runs beside MLflow on files", "query over 100,000 runs",
        ] {
            let row = rows.first { $0.name == name }
            #expect(row.map { $0.value > 0 && $0.value.isFinite && $0.met != nil } == true, "\(name)")
        }
        #expect(rows.first { $0.name == "points flushed each" }?.ratio != nil)
        #expect(rows.first { $0.name == "inodes a run" }?.met == true)
    }

    @Test("A filter leaves the other rows out")
    func filter() async throws {
        let rows = try await RunsSuite().rows(BenchmarkOptions(quick: true, peers: false, filter: "inodes"))
        #expect(rows.map(\.name) == ["inodes a run"])
    }
}
