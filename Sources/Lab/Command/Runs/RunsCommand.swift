import ArgumentParser

/// `labctl runs`.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List, show and compare runs.",
        discussion: """
              labctl runs list policy/dqn
              labctl runs show policy/dqn/1
              labctl runs compare policy/dqn/1 policy/dqn/2
            """,
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsExportCommand.self,
        ],
        defaultSubcommand: RunsListCommand.self)
}
