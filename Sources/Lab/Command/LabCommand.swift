import ArgumentParser
import Foundation
import LabDomain
import LabNumerics
import LabRuns
import LabStorage
import LabWorkbench

/// The root of `labctl`: a user's own package hands its experiments to it and has its own `labctl`.
///
/// ```swift
/// await LabCommand.main(shippedExperiments.adding(Registry(experiments: [Coin.self])))
/// ```
public struct LabCommand: AsyncParsableCommand {
    /// What this `labctl` knows.
    @TaskLocal public static var registry = Registry()
    /// The program that is running, as runs record it.
    @TaskLocal public static var code = CodeVersion.unknown

    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "labctl",
            abstract: "Turns logged ads and posts into an advertising policy that can be defended.",
            discussion: """
                A run is an experiment applied to a configuration, a seed and data; it lies sealed in runs/.

                  labctl loop                                 the whole way, from posts to a bundle
                  labctl train policy/dqn --set agent.batchSize=64  one experiment
                  labctl simulate --preset L                  journeys of customers whose optimum is known
                  labctl study policy/dqn --seeds 0..9        many seeds, with intervals
                  labctl read "a post"                        language, sentiment, emotion, with confidences
                  labctl explain policy policy/dqn/1          why it chooses what it chooses
                  labctl runs list                            what was run
                  labctl reproduce policy/dqn/1               prove that it comes out again
                """,
            version: versionText,
            groupedSubcommands: [
                CommandGroup(name: "Pipelines", subcommands: registry.pipelines.map { pipelineCommand($0) }),
                CommandGroup(name: "Research", subcommands: research),
                CommandGroup(name: "Workspace", subcommands: surroundings),
            ].filter { !$0.subcommands.isEmpty })
    }

    static let research: [any ParsableCommand.Type] = [
        TrainCommand.self, SimulateCommand.self, ResumeCommand.self, EvalCommand.self, ReadCommand.self,
        RunCommand.self, StudyCommand.self, ReproduceCommand.self,
        ExplainCommand.self, RunsCommand.self, ExperimentsCommand.self,
    ]

    /// The commands around the runs, one folder each.
    static let surroundings: [any ParsableCommand.Type] = [
        DataCommand.self, JourneysCommand.self, PrivacyCommand.self, BundleCommand.self, DoctorCommand.self,
        BenchCommand.self,
        NotebookCommand.self,
        NewCommand.self,
    ]

    /// Where the commands' experiments get their datasets from; what is not here is pulled when a run needs it.
    static func datasets(in workspace: Workspace) -> any DatasetSource {
        let catalogue = DatasetCatalogue.standard(workspace: workspace.root)
        let console = Console.current
        return CatalogueDatasets(catalogue) { name in
            _ = try DatasetPuller(catalogue) { console.note($0) }.pull(name)
        }
    }

    static var versionText: String { "lab 0.1.0 (code \(code.digest.prefix(12)))" }

    public init() {}

    /// Reads the process's arguments, does what they say and ends the process with the documented code.
    public static func main(_ registry: Registry, code: CodeVersion = .unknown) async -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        Foundation.exit(await execute(arguments, registry: registry, code: code))
    }

    /// Does what the arguments say and returns the exit code.
    ///
    /// - Parameter console: where results and errors go.
    public static func execute(
        _ arguments: [String], registry: Registry, code: CodeVersion = .unknown, console: Console = .standard
    ) async -> Int32 {
        await $registry.withValue(registry) {
            await $code.withValue(code) {
                await Console.$current.withValue(console) { await execute(arguments) }
            }
        }
    }

    private static func execute(_ arguments: [String]) async -> Int32 {
        let console = Console.current
        do {
            var command = try parseAsRoot(arguments)
            try GEMM.select(from: ProcessInfo.processInfo.environment)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.success.rawValue
        } catch let exit as SilentExit {
            return exit.code
        } catch let error as any ReportableError {
            return report(ErrorReport(error), arguments, console)
        } catch {
            let status = exitCode(for: error)
            if status.isSuccess {
                console.say(fullMessage(for: error))
                return ExitStatus.success.rawValue
            }
            // The parser's own errors are about usage; anything else comes from outside and is reported as it is.
            guard status == .validationFailure else { return report(ErrorReport(error), arguments, console) }
            let hint = helpHint(arguments)
            return report(
                ErrorReport(what: message(for: error), remedy: hint, status: ExitStatus.usage.rawValue), arguments,
                console)
        }
    }

    private static func report(_ report: ErrorReport, _ arguments: [String], _ console: Console) -> Int32 {
        report.print(on: console)
        if arguments.contains("--json"), let text = try? JSONOutput.text(["error": report]) { console.say(text) }
        return report.status
    }

    private static func helpHint(_ arguments: [String]) -> String {
        let words = arguments.prefix { !$0.hasPrefix("-") }
        let known = configuration.groupedSubcommands.flatMap(\.subcommands).map { $0._commandName }
        guard let first = words.first else { return "see 'labctl --help'" }
        if known.contains(first) { return "see 'labctl help \(first)'" }
        return NearestName.of(first, among: known).map { "did you mean 'labctl \($0)'?" } ?? "see 'labctl --help'"
    }

    private static func pipelineCommand<P: Pipeline>(_ pipeline: P.Type) -> any ParsableCommand.Type {
        PipelineCommand<P>.self
    }
}
