import Foundation
import LabDomain
import LabPrivacy
import LabRuns
import Testing

@testable import LabCommand

@Suite struct PrivacyCommandTests {
    private func run(_ arguments: [String]) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            ["privacy"] + arguments, registry: Registry(), console: console.console)
        return (status, console.output, console.errors)
    }

    @Test func mistakesAreUsageErrors() async {
        let pseudonym = String(repeating: "a", count: 32)
        #expect(await run(["erase"]).status == 64)
        #expect(await run(["erase", "--customer", pseudonym, "--identifier", "@ada", "--dataset", "x"]).status == 64)
        #expect(await run(["erase", "--identifier", "@ada"]).status == 64)
        #expect(await run(["erase", "--customer", "@ada"]).status == 64)
        #expect(await run(["erase", "--customer", pseudonym, "--owner", "../x"]).status == 64)
        #expect(await run(["ledger", "--owner", "../x"]).status == 64)
    }

    @Test func anUnknownOwnerGetsNoKeyByMistake() async {
        let owner = "nobody-\(UUID().uuidString.lowercased())"
        let erase = await run(["erase", "--customer", String(repeating: "a", count: 32), "--owner", owner])
        #expect(erase.status == 66 && erase.errors.contains(owner))
        let ledger = await run(["ledger", "--owner", owner])
        #expect(ledger.status == 0 && ledger.output.contains("nothing was released"))
        let file = KeyStore(home: Workspace.home()).folder.appending(path: "\(owner).key")
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test func helpShowsExamples() async {
        for command in ["erase", "ledger"] {
            let help = await run([command, "--help"])
            #expect(help.status == 0 && help.output.contains("labctl privacy \(command) --owner acme"))
        }
    }
}
