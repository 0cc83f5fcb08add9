import Foundation
import LabNumerics
import LabStorage
import Logging

/// What happens to a captured program's output, measurements and files while it runs.
final class Capture {
    /// Output lines that stand in the log as well; the rest stand in the artifact only.
    static let loggedLines = 10_000
    static let outputName = "output.txt"

    private let run: Run
    private let mask: SecretMask
    private let echo: (String) -> Void
    private var output: [UInt8] = []
    private let outputFile: URL
    private let metricsFile: URL
    private let artifactFolder: URL
    private var splitter = LineSplitter()
    private var metricSplitter = LineSplitter()
    private var metricOffset: UInt64 = 0
    private var metricLine = 0
    private var steps: [String: Int] = [:]
    private var last: [(name: String, value: Double)] = []
    private var places: [String: Int] = [:]
    private var lines = 0

    /// Makes the places that the program is told about.
    init(_ run: Run, mask: SecretMask, echo: @escaping (String) -> Void) throws {
        self.run = run
        self.mask = mask
        self.echo = echo
        let place = run.folder.appending(path: RunFiles.partial).appending(path: "captured")
        outputFile = place.appending(path: Self.outputName)
        metricsFile = place.appending(path: RunFiles.metrics)
        artifactFolder = place.appending(path: RunFiles.artifacts)
        let (folder, files) = (artifactFolder, [outputFile, metricsFile])
        try RunsError.writing(place.path) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in files { try Data().write(to: file) }
        }
    }

    /// What the program finds in its environment beside what is there.
    var environment: [String: String] {
        [
            "LAB_RUN_DIR": run.folder.path, "LAB_ARTIFACTS": artifactFolder.path, "LAB_METRICS": metricsFile.path,
            "LAB_SEED": String(run.seed), "LAB_RUN_ID": run.id,
        ]
    }

    /// The last value of each metric, in the order of their first points.
    var figures: [Figure] { last.map { Figure($0.name, $0.value) } }

    /// Takes what the program wrote to standard output or error.
    func take(_ bytes: ArraySlice<UInt8>) { splitter.take(bytes) { self.line($0) } }

    /// Reads what was added to `LAB_METRICS` and puts the output on disk.
    func tick() {
        readMetrics()
        try? append()
    }

    /// Takes the rest, and moves output and files to the run's artifacts.
    func finish(_ command: CapturedCommand) throws {
        splitter.finish { line($0) }
        readMetrics()
        metricSplitter.finish { measurement($0) }
        try append()
        let files =
            try FileManager.default.fileExists(atPath: artifactFolder.path)
            ? ForeignFolder.files(below: artifactFolder) { name in
                self.run.logger.warning("not kept: '\(name)' is no plain file")
            } : []
        for (name, file) in files {
            // The ending alone makes no database.
            let start = try FileHandle(forReadingFrom: file).read(upToCount: 15)
            let kind = start == Data("SQLite format 3".utf8) ? ArtifactKind.sqlite : .bytes
            let isExempt = command.exempts(name)
            try run.artifact(ImportedRuns.artifactName(name), deterministic: !isExempt, kind: kind) {
                try FileManager.default.moveItem(at: file, to: $0)
            }
        }
        let taken = files.contains { $0.name == Self.outputName }
        try run.artifact(taken ? "captured-" + Self.outputName : Self.outputName, deterministic: false) {
            try FileManager.default.moveItem(at: outputFile, to: $0)
        }
    }

    private func line(_ bytes: [UInt8]) {
        output += mask.masked(bytes)
        if output.count >= 1 << 20 { try? append() }
        let text = String(decoding: bytes, as: UTF8.self)
        echo(text)
        let plain = text.hasSuffix("\n") ? String(text.dropLast(text.hasSuffix("\r\n") ? 1 : 1)) : text
        let measurements = CapturedMeasurement.read(plain)
        for measurement in measurements { log(measurement) }
        guard measurements.isEmpty else { return }
        lines += 1
        if lines <= Self.loggedLines { run.logger.info("\(mask.masked(plain))", metadata: ["source": "output"]) }
        if lines == Self.loggedLines { run.logger.warning("further output stands in \(Self.outputName) only") }
    }

    private func append() throws {
        guard !output.isEmpty else { return }
        let bytes = output
        output = []
        try RunsError.writing(outputFile.path) {
            let handle = try FileHandle(forWritingTo: outputFile)
            defer { try? handle.close() }
            try handle.seekToEnd()
            try handle.write(contentsOf: bytes)
        }
    }

    private func readMetrics() {
        guard let handle = try? FileHandle(forReadingFrom: metricsFile) else { return }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: metricOffset)) != nil else { return }
        while let data = try? handle.read(upToCount: 1 << 20), !data.isEmpty {
            metricOffset += UInt64(data.count)
            metricSplitter.take(data) { measurement($0) }
        }
    }

    private func measurement(_ bytes: [UInt8]) {
        metricLine += 1
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return }
        let found = CapturedMeasurement.read(text)
        for measurement in found { log(measurement) }
        if found.isEmpty {
            run.logger.warning(
                "line \(metricLine) of LAB_METRICS is no measurement: \(mask.masked(String(text.prefix(200))))")
        }
    }

    private func log(_ measurement: CapturedMeasurement) {
        let step = measurement.step ?? steps[measurement.name, default: 0]
        steps[measurement.name] = step &+ 1
        run.log(measurement.name, measurement.value, step: step)
        if let place = places[measurement.name] {
            last[place].value = measurement.value
        } else {
            places[measurement.name] = last.count
            last.append((measurement.name, measurement.value))
        }
    }
}
