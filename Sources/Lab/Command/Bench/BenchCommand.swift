import ArgumentParser
import LabDomain
import LabNumerics
import LabRuns
import LabWorkbench

/// `labctl bench`.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure beside peers, which run in turn in the same call.",
        discussion: """
            A peer runs where it is installed ('make bench' installs them). Times are processor seconds; those of rows that wait
            for the disk are wall clock.
            With --keep the measurements of each suite are sealed as a run bench/<suite>/<n>, with the machine and the peers'
            versions; its figures are read from a clock, so that 'labctl reproduce' measures again without comparing them.
            Nothing is kept unless asked for: most calls look at a row or two, and not every hour's figures are worth a run.
            Exit codes: 0 every bar that could be judged was cleared, 1 one was not.

              labctl bench                    every suite
              labctl bench policy --keep
              labctl bench numerics --json
              labctl bench numerics --filter gelu
            """)

    struct Report: Encodable {
        let suite: String
        let rows: [BenchmarkRow]
        /// Where the measurements are kept, if they are.
        let run: String?
    }

    struct Reports: Encodable {
        let machine: BenchmarkMachine
        let suites: [Report]
    }

    @Argument(help: "The suites to run; none runs all.")
    var suites: [String] = []

    @Option(help: "Only measurements whose name contains this.")
    var filter: String?

    @Flag(help: "Few repetitions: shows that the suite works, not how fast it is.")
    var fast = false

    @Flag(inversion: .prefixedNo, help: "Run peers where they are installed.")
    var peers = true

    @Flag(help: "Seal each suite's measurements as a run in the workspace.")
    var keep = false

    @OptionGroup var products: GEMMOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try products.apply()
        let known = LabCommand.registry.benchmarks
        let wanted = try suites.isEmpty ? known : suites.map { try Self.suite($0, among: known) }
        let machine = BenchmarkMachine()
        common.say("\(machine.processor); \(machine.profile)")
        common.say("")
        var reports: [Report] = []
        for suite in wanted {
            common.note("\(suite.name): \(suite.summary)")
            let report = try await report(suite)
            reports.append(report)
            common.say(Self.table(report.rows))
            if let run = report.run { common.say("kept as \(run)") }
            common.say("")
        }
        try common.emit(Reports(machine: machine, suites: reports))
        if reports.contains(where: { $0.rows.contains { $0.met == false } }) { throw SilentExit(.negative) }
    }

    private func report<S: BenchmarkSuite>(_ suite: S.Type) async throws -> Report {
        var configuration = BenchmarkConfiguration()
        configuration.fast = fast
        configuration.peers = peers
        configuration.filter = filter ?? ""
        guard keep else {
            return Report(suite: S.name, rows: try await S().rows(configuration.options), run: nil)
        }
        let session = Session(common)
        let asked = configuration
        let sealed = try await session.interruptible {
            try await session.launcher.train(BenchmarkExperiment<S>.self, configuration: asked)
        }
        return Report(suite: S.name, rows: try BenchmarkExperiment<S>.rows(of: sealed), run: sealed.reference)
    }

    private static func table(_ rows: [BenchmarkRow]) -> TextTable {
        TextTable(
            ["measurement", "value", "unit", "peer", "ratio", "bar", "met"],
            rows: rows.map { row in
                [
                    row.name, FigureText.number(row.value), row.unit, row.peer ?? "",
                    row.ratio.map { FigureText.number($0) } ?? "", row.bar ?? "",
                    row.met.map { $0 ? "yes" : "NO" } ?? "",
                ]
            })
    }

    private static func suite(
        _ name: String, among known: [any BenchmarkSuite.Type]
    ) throws -> any BenchmarkSuite.Type {
        if let found = known.first(where: { $0.name == name }) { return found }
        throw WorkbenchError.unknownSuite(name: name, known: known.map { $0.name })
    }
}
