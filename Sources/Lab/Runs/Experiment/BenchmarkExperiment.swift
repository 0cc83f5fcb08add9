import Foundation
import LabNumerics

/// A benchmark suite as a run: what was measured is sealed beside the machine that it holds for.
///
/// Speeds and ratios are figures read from a clock, so the result digest leaves their values out; a reproduction measures
/// anew and compares only what was measured. The rows as printed, with the peers' versions, are the artifact `rows.json`,
/// the machine is `machine.json`; neither is deterministic.
public struct BenchmarkExperiment<Suite: BenchmarkSuite>: Experiment {
    public static var name: String { BenchmarkName.experiment(of: Suite.name) }
    public static var summary: String { "Measures " + Suite.summary + "." }
    public static var smoke: BenchmarkConfiguration {
        var configuration = BenchmarkConfiguration()
        configuration.fast = true
        configuration.peers = false
        return configuration
    }

    public init() {}

    public func train(_ configuration: BenchmarkConfiguration, _ run: Run) async throws -> Evaluation {
        let rows = try await Suite().rows(configuration.options)
        try run.artifact(BenchmarkName.rows, deterministic: false) {
            try CanonicalJSON.encodePretty(rows).write(to: $0)
        }
        try run.artifact(BenchmarkName.machine, deterministic: false) {
            try CanonicalJSON.encodePretty(BenchmarkMachine()).write(to: $0)
        }
        return BenchmarkResult(rows).evaluation
    }
}

extension BenchmarkExperiment {
    /// The rows that a run of a suite keeps.
    public static func rows(of run: SealedRun) throws -> [BenchmarkRow] {
        let file = try run.artifact(BenchmarkName.rows)
        return try RunsError.reading(file.path) {
            try CanonicalJSON.decode([BenchmarkRow].self, from: Data(contentsOf: file))
        }
    }
}

/// The names of a suite's runs and of what they keep.
enum BenchmarkName {
    static let rows = "rows.json"
    static let machine = "machine.json"

    /// `bench/policy` for the suite `policy`.
    static func experiment(of suite: String) -> String { "bench/" + suite }
}

/// How a suite is run.
public struct BenchmarkConfiguration: ExperimentConfiguration {
    public var fast = false
    public var peers = true
    public var filter = ""

    public static let settings = [
        Setting("fast", "Few repetitions: shows that the suite works, not how fast it is."),
        Setting("peers", "Whether peers are run where they are installed."),
        Setting("filter", "Only measurements whose name contains this; empty for all."),
    ]

    public init() {}

    public var options: BenchmarkOptions {
        BenchmarkOptions(quick: fast, peers: peers, filter: filter.isEmpty ? nil : filter)
    }
}

/// What a suite's figures hold for.
public struct BenchmarkMachine: Codable, Sendable {
    /// Model and cores.
    public let processor: String
    public let profile: NumericProfile

    public init() {
        processor = "\(CPU.model), \(ProcessInfo.processInfo.activeProcessorCount) cores"
        profile = NumericProfile.current()
    }
}
