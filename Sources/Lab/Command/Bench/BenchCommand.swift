import ArgumentParser
import Foundation
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
            Exit codes: 0 every bar that could be judged was cleared, 1 one was not.

              labctl bench                    every suite
              labctl bench numerics --json
              labctl bench numerics --filter gelu
            """)

    struct Report: Encodable {
        let suite: String
        let rows: [BenchmarkRow]
    }

    /// What the figures hold for.
    struct Machine: Encodable {
        let processor = "\(CPU.model), \(ProcessInfo.processInfo.activeProcessorCount) cores"
        let profile = NumericProfile.current()
    }

    struct Reports: Encodable {
        let machine: Machine
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

    @OptionGroup var products: GEMMOptions

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try products.apply()
        let known = LabCommand.registry.benchmarks
        let wanted = try suites.isEmpty ? known : suites.map { try Self.suite($0, among: known) }
        let machine = Machine()
        common.say("\(machine.processor); \(machine.profile)")
        common.say("")
        var reports: [Report] = []
        for suite in wanted {
            common.note("\(suite.name): \(suite.summary)")
            let rows = try await suite.init().rows(BenchmarkOptions(quick: fast, peers: peers, filter: filter))
            reports.append(Report(suite: suite.name, rows: rows))
            var table = TextTable(["measurement", "value", "unit", "peer", "ratio", "bar", "met"])
            table.rows = rows.map { row in
                [
                    row.name, FigureText.number(row.value), row.unit, row.peer ?? "",
                    row.ratio.map { FigureText.number($0) } ?? "", row.bar ?? "",
                    row.met.map { $0 ? "yes" : "NO" } ?? "",
                ]
            }
            common.say(table)
            common.say("")
        }
        try common.emit(Reports(machine: machine, suites: reports))
        if reports.contains(where: { $0.rows.contains { $0.met == false } }) { throw SilentExit(.negative) }
    }

    private static func suite(
        _ name: String, among known: [any BenchmarkSuite.Type]
    ) throws -> any BenchmarkSuite.Type {
        if let found = known.first(where: { $0.name == name }) { return found }
        throw WorkbenchError.unknownSuite(name: name, known: known.map { $0.name })
    }
}
