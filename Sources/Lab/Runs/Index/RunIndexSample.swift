import Foundation
import LabNumerics

/// An index of invented runs, to measure queries without making the runs: `labctl bench runs`.
public enum RunIndexSample {
    /// Fills an empty workspace's index with `count` runs of one experiment, and makes their empty folders, so that
    /// `refresh` has as much to look at as with real ones.
    ///
    /// A run has 12 settings, 8 figures with intervals and 6 metrics: about 90 fields. The figures `figures.f0` … are
    /// uniform in [0, 1), the settings `config.c0` … take ten values each.
    public static func write(_ count: Int, in workspace: Workspace, seed: UInt64 = 1) throws {
        var stream = RandomStream(seed: seed, name: "runs/index-sample")
        let experiment = "sample/runs"
        let parent = workspace.folder(experiment, 1).deletingLastPathComponent()
        try RunsError.writing(parent.path) {
            for number in 1...max(1, count) {
                try FileManager.default.createDirectory(
                    at: parent.appending(path: String(number)), withIntermediateDirectories: true)
            }
        }
        do {
            let database = try IndexDatabase.open(workspace.index.file)
            for start in stride(from: 1, through: count, by: 4096) {
                try database.apply(
                    (start..<min(count + 1, start + 4096)).map { number in
                        let folder = parent.appending(path: String(number)).path
                        return .init(
                            run: IndexedRun(
                                experiment: experiment, number: number, mark: FolderScan.mark(folder), notes: 0,
                                signature: 0, state: RunState.sealed.rawValue, isSettled: true),
                            facts: facts(experiment, number, &stream))
                    })
            }
            // The folders were made a moment ago, which `refresh` would not trust; nobody else writes here.
            try database.mark(folder: parent.lastPathComponent, modified: FolderScan.modified(parent.path))
            try database.mark(folder: "", modified: FolderScan.modified(workspace.runs.path))
        } catch let problem as IndexProblem {
            throw RunsError.cannotWrite(path: workspace.index.file.path, problem: "\(problem)")
        }
    }

    private static func facts(_ experiment: String, _ number: Int, _ stream: inout RandomStream) -> RunFacts {
        var facts = RunFacts()
        facts["experiment"] = .text(experiment)
        facts["number"] = RunValue(number)
        facts["id"] = .text("01SAMPLE" + String(repeating: "0", count: 18 - String(number).count) + String(number))
        facts["verb"] = .text(Verb.train.rawValue)
        facts["smoke"] = .bool(false)
        facts["seed"] = RunValue(number % 10)
        facts["state"] = .text(RunState.sealed.rawValue)
        facts["started"] = .number(1_790_000_000 + Double(number) * 60)
        facts["code"] = .text("code \(number / 1000)")
        for setting in 0..<12 { facts["config.c\(setting)"] = .number(Double(stream.nextInt(below: 10)) / 10) }
        for figure in 0..<8 {
            let value = stream.nextDouble()
            facts["figures.f\(figure)"] = .number(value)
            facts["figures.f\(figure).lower"] = .number(value - 0.1)
            facts["figures.f\(figure).upper"] = .number(value + 0.1)
            facts["figures.f\(figure).level"] = .number(0.95)
        }
        for metric in 0..<6 {
            for (part, value) in [("last", stream.nextDouble()), ("min", 0), ("max", 1), ("count", 1000)] {
                facts["metrics.m\(metric).\(part)"] = .number(value)
            }
        }
        return facts
    }
}
