import ArgumentParser
import LabRuns

/// `labctl resume`.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a run that was interrupted, killed or stopped by an error.",
        discussion: """
            It goes on in its own folder from its newest sound checkpoint, or from the beginning where there is none, with
            its configuration and seed. The result is the one that it would have had undisturbed.

              labctl resume policy/dqn/3
              labctl train --resume policy/dqn/3
            """)

    @Argument(help: "The run: experiment and number, or an id.")
    var reference: String

    @OptionGroup var reports: ReportOptions

    @OptionGroup var saving: SavingOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await reports.reporting("labctl resume", about: reference) { report in
            let session = Session(common, saving)
            let sealed = try await session.interruptible { try await session.resume(reference, common) }
            report.add(sealed)
            try RunOutput.show(sealed, common)
        }
    }
}
