import Foundation
import LabExperimentTestKit
import LabRuns
import LabTestKit
import Testing

@testable import LabCommand

/// `labctl bench`, with a suite whose figures differ from call to call.
@Suite struct BenchCommandTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func labctl(_ words: String...) async -> (status: Int32, console: RecordingConsole) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            words + ["--workspace", folder.url.path], registry: Registry(benchmarks: [Ticks.self]),
            console: console.console)
        return (status, console)
    }

    @Test func nothingIsKeptUnlessAskedFor() async throws {
        let plain = await labctl("bench", "ticks")
        // The bar of the second row is not cleared.
        #expect(plain.status == 1 && plain.console.output.contains("Peer 1.2"))
        #expect(try Workspace(folder.url).entries().isEmpty)
        #expect(await labctl("bench", "ticks", "--filter", "beside").status == 0)
        #expect(await labctl("bench", "tics").status == 64)
    }

    @Test func keptMeasurementsAreARun() async throws {
        let kept = await labctl("bench", "ticks", "--keep")
        #expect(kept.status == 1 && kept.console.output.contains("kept as bench/ticks/1"))
        let json = await labctl("bench", "ticks", "--keep", "--json", "--filter", "beside")
        #expect(json.status == 0 && json.console.output.contains("\"run\" : \"bench/ticks/2\""))
        #expect(try Workspace(folder.url).run("bench/ticks/2").evaluation.figures.count == 2)
        let again = await labctl("reproduce", "bench/ticks/1")
        #expect(again.status == 0 && again.console.errors.contains("read from a clock"))
    }
}
