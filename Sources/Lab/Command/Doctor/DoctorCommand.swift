import ArgumentParser
import Foundation
import LabDomain
import LabRuns
import LabStorage
import LabWorkbench

/// `labctl doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that everything Lab stands on works here, with a remedy for each fault.",
        discussion: """
            Exit codes: 0 nothing is wrong (warnings may be shown), 69 something is.

              labctl doctor --workspace DIR
              labctl doctor --native          only the machine, not the data
            """)

    @Flag(help: "Only the machine: leave the datasets out.")
    var native = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let catalogue = native ? nil : DatasetCatalogue.standard(workspace: common.place.root)
        let doctor = Doctor(workspace: common.place, further: { catalogue.map(DatasetChecks.checks) ?? [] })
        let report = doctor.examine()
        for check in report.checks {
            let mark = check.verdict == .ok ? "ok     " : check.verdict == .warning ? "WARNING" : "FAULT  "
            common.say("\(mark)  \(check.name): \(check.finding)")
            if let remedy = check.remedy { common.say("         → \(remedy)") }
        }
        try common.emit(report)
        if !report.isHealthy { throw SilentExit(.unavailable) }
    }
}
