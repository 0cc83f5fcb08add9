import ArgumentParser

/// `labctl bundle`.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: "Check and show bundles.",
        discussion: """
              labctl bundle verify bundles/<id>
              labctl bundle verify DIR --key signer.pem --production
              labctl bundle show DIR
            """,
        subcommands: [BundleVerifyCommand.self, BundleShowCommand.self])
}
