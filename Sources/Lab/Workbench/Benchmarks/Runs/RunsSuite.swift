import Foundation
public import LabRuns

/// What it costs to keep runs, beside MLflow on files and on SQLite.
///
/// Rows that wait for the disk are wall clock, the others processor seconds.
public struct RunsSuite: BenchmarkSuite {
    public static let name = "runs"
    public static let summary = "measurements, start and end, queries and files of runs beside MLflow"

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appending(path: "lab-bench-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: folder) }
        let place = Workspace(folder.appending(path: "workspace"))
        var rows = try await measurements(options, place)
        rows += try await lives(options, place)
        rows += try await inodes(options, place)
        rows += try await queries(options, folder)
        return rows
    }

    /// MLflow with one of its stores; `scale` is what a round's seconds are multiplied with, since a round of its own is
    /// smaller than ours.
    static func mlflow(_ task: String, _ store: String, _ folder: Workspace, size: Int = 0) -> Contest.Rival {
        .python(script: mlflowScript, arguments: [task, store, folder.root.path, String(size)])
    }

    static let stores = [("files", "MLflow on files"), ("sqlite", "MLflow on SQLite")]
}

/// A run that does nothing but what is measured.
struct BenchmarkRun: Experiment {
    struct Configuration: ExperimentConfiguration {
        var rate = 0.1
        var layers = 2
        var label = "benchmark"

        static let settings = [
            Setting("rate", "A number."), Setting("layers", "A whole number."), Setting("label", "A text."),
        ]
    }

    /// What a run does instead of its few measurements.
    final class Body: Sendable {
        let work: @Sendable (Run) async throws -> Void

        init(_ work: @escaping @Sendable (Run) async throws -> Void) { self.work = work }
    }

    /// For runs that are started in this task. An object, since release builds of Swift 6.3 crash on a task-local function.
    @TaskLocal static var body: Body?

    static let name = "bench/runs"
    static let summary = "Does what a benchmark measures."
    static let smoke = Configuration()

    func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        if let body = Self.body {
            try await body.work(run)
        } else {
            for step in 0..<10 { run.log("loss", 1 / Double(step + 1), step: step) }
        }
        return Evaluation(figures: [Figure("f1", configuration.rate)])
    }
}
