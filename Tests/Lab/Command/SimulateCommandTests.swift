import ArgumentParser
import Foundation
import LabRuns
import Testing

@testable import LabCommand

@Suite struct SimulateCommandTests {
    @Test func optionsBecomeSettings() throws {
        let command = try SimulateCommand.parse([
            "--preset", "L", "--switches", "noisy, exploitable", "--policy", "logging", "--customers", "20000",
            "--unguarded", "--set", "exploration=0.1",
        ])
        #expect(
            command.settings == [
                "preset=L", "switches=[noisy, exploitable]", "policy=logging", "customers=20000", "safeguarded=false",
            ])
        #expect(command.launch.set == ["exploration=0.1"])
        #expect(try SimulateCommand.parse([]).settings == [])
    }

    @Test func aFolderThatIsMissingIsNamedBeforehand() {
        #expect(
            throws: RunsError.cannotCreate(
                path: "/no-such-folder/j.h5", problem: "there is no folder /no-such-folder")
        ) { try SimulationCopy(URL(filePath: "/no-such-folder/j.h5")) }
    }
}
