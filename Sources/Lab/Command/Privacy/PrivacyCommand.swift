import ArgumentParser
import Foundation

/// `labctl privacy`: what a data owner's people are owed.
public struct PrivacyCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "Erase a customer for good, and show what was released.",
        discussion: """
            Keys and ledgers of data owners lie in $LAB_HOME. Runs belong to the owner $LAB_OWNER, or to 'local'.

              labctl privacy erase --customer 5f1c… --owner acme
              labctl privacy ledger --owner acme
            """,
        subcommands: [PrivacyEraseCommand.self, PrivacyLedgerCommand.self])

    public init() {}
}

/// Whose keys or ledger a command is about.
struct OwnerOption: ParsableArguments {
    @Option(help: "The data owner; default: $LAB_OWNER, or local.")
    var owner = ProcessInfo.processInfo.environment["LAB_OWNER"] ?? "local"
}
