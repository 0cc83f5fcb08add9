import ArgumentParser

/// `labctl runs`.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List, query, show, compare, annotate, check and clear up runs.",
        discussion: """
              labctl runs list policy/dqn --where 'figures.value > 0.7' --sort figures.value --descending
              labctl runs show policy/dqn/1
              labctl runs compare policy/dqn/1 policy/dqn/2
              labctl runs watch policy/dqn
            """,
        subcommands: [
            RunsListCommand.self, RunsShowCommand.self, RunsCompareCommand.self, RunsDiffCommand.self,
            RunsWatchCommand.self, RunsLineageCommand.self, RunsTagCommand.self, RunsNoteCommand.self,
            RunsVerifyCommand.self, RunsGCCommand.self, RunsReindexCommand.self, RunsExportCommand.self,
            RunsImportCommand.self,
        ],
        defaultSubcommand: RunsListCommand.self)
}
