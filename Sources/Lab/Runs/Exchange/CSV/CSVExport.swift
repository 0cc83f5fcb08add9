import Foundation

/// Writes sealed runs as `runs.csv`, one row a run, and `metrics.csv`, one row a measurement (RFC 4180, UTF-8).
///
/// Columns of `runs.csv`: run, id, experiment, verb, smoke, seed, started, sealed, code, resultDigest, then
/// `config.<setting>` for every setting and `figure.<name>`, `….lower`, `….upper`, `….unit` for every figure of any of the
/// runs, by name. A cell is empty where a run has no such setting or figure. Infinities are `inf` and `-inf`, not-a-number
/// is `nan`; times are ISO 8601 in UTC, those of measurements Unix seconds. Both files are written anew each time.
public struct CSVExport: RunExport {
    public init() {}

    public func write(_ runs: [SealedRun], to folder: URL) throws -> ExportReport {
        let runs = runs.sorted { $0.id < $1.id }
        var report = ExportReport(folder: folder.standardizedFileURL.path)
        report.added = runs.map(\.reference)
        let rows = table(runs)
        let measurements = try measurements(runs)
        try RunsError.writing(folder.path) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(rows.utf8).write(to: folder.appending(path: "runs.csv"), options: .atomic)
            try Data(measurements).write(to: folder.appending(path: "metrics.csv"), options: .atomic)
        }
        return report
    }

    private func table(_ runs: [SealedRun]) -> String {
        let settings = runs.map { $0.configuration.flattened().filter { !$0.key.isEmpty } }
        let figures = runs.map { run in
            Dictionary(
                run.evaluation.exportedNumbers.map { ($0.name, MLflowText.number($0.value)) }
                    + run.evaluation.figures.compactMap { figure in figure.unit.map { (figure.name + ".unit", $0) } },
                uniquingKeysWith: { first, _ in first })
        }
        let settingNames = Set(settings.flatMap(\.keys)).sorted()
        let figureNames = Set(figures.flatMap(\.keys)).sorted()
        var text = Self.line(
            [
                "run", "id", "experiment", "verb", "smoke", "seed", "started", "sealed", "code", "resultDigest",
            ] + settingNames.map { "config." + $0 } + figureNames.map { "figure." + $0 })
        for (index, run) in runs.enumerated() {
            let record = run.record
            text += Self.line(
                [
                    run.reference, run.id, run.experiment, record.verb.rawValue, String(record.smoke),
                    String(record.seed), record.started.formatted(.iso8601), run.seal.sealed.formatted(.iso8601),
                    record.code.digest, run.seal.resultDigest,
                ] + settingNames.map { settings[index][$0]?.exportedText ?? "" }
                    + figureNames.map { figures[index][$0] ?? "" })
        }
        return text
    }

    private func measurements(_ runs: [SealedRun]) throws -> [UInt8] {
        var bytes = Array(Self.line(["run", "id", "name", "step", "time", "value"]).utf8)
        for run in runs {
            let head = "\(Self.cell(run.reference)),\(run.id),"
            for point in try run.metrics() {
                let number = MLflowText.number(point.value)
                bytes += "\(head)\(Self.cell(point.name)),\(point.step),\(point.time),\(number)\r\n".utf8
            }
        }
        return bytes
    }

    private static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    private static func cell(_ text: String) -> String {
        let special = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
