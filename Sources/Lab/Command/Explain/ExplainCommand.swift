import ArgumentParser

/// `labctl explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why something was decided.", subcommands: [ExplainPolicyCommand.self])
}
