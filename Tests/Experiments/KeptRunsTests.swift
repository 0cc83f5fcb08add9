import Foundation
import LabRuns
import LabTestKit
import Testing

/// Long studies are not repeated by the tests: `Benchmarks/kept` keeps their sealed runs, and what is said of them must be
/// what they say.
@Suite("Kept runs of long studies")
struct KeptRunsTests {
    let workspace = Workspace(Checkout.root.appending(path: "Benchmarks/kept"))

    @Test func everyByteIsAsItWasSealed() throws {
        let entries = try workspace.entries()
        #expect(!entries.isEmpty)
        for entry in entries { try workspace.run(entry.reference).verify() }
    }

    @Test func aHundredKillsSpoiltNothing() throws {
        let evaluation = try workspace.run("harness/kills/1").evaluation
        #expect(evaluation.figure("kills")?.value == 100)
        #expect(evaluation.figure("corrupt")?.value == 0)
        #expect(evaluation.figure("identical")?.value == evaluation.figure("trainings")?.value)
    }
}
