import ArgumentParser

/// `labctl runs`.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List, show and compare runs.",
        discussion: """
              labctl runs list policy/dqn
              labctl runs show policy/dqn/1
              labctl runs compare policy/dqn/1 policy/dqn/2
              labctl runs watch policy/dqn
            """,
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsWatchCommand.self,
            RunsExportCommand.self, RunsImportCommand.self,
        ],
        defaultSubcommand: RunsListCommand.self)
}
