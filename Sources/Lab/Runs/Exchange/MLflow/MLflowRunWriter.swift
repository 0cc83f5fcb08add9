import Foundation
import LabStatistics
import LabStorage

/// Writes one run of a file store.
struct MLflowRunWriter {
    /// `meta.yaml` of each dataset that the run reads, by the folder's name.
    private(set) var datasets: [(name: String, text: Data)] = []
    /// What got another name: `was → is`.
    private(set) var renamed: [String] = []
    private let run: SealedRun
    private let experiment: String
    private let artifacts: String
    private var changed: [String: [String: String]] = [:]

    /// - Parameters:
    ///   - experiment: the experiment's number in the store.
    ///   - artifacts: the address at which MLflow finds the run's artifacts.
    init(_ run: SealedRun, experiment: String, artifacts: String) throws {
        self.run = run
        self.experiment = experiment
        self.artifacts = artifacts
    }

    private var number: String { MLflowText.runNumber(run.id) }

    /// Fills the run's folder.
    mutating func write(to folder: URL) throws {
        for name in ["metrics", "params", "tags", "artifacts"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try meta().write(to: folder.appending(path: "meta.yaml"))
        try writeMetrics(to: folder.appending(path: "metrics"))
        try writeParameters(to: folder.appending(path: "params"))
        try writeInputs(to: folder.appending(path: "inputs"))
        try writeArtifacts(to: folder.appending(path: "artifacts"))
        let tags = tags()
        try write(tags, to: folder.appending(path: "tags"), part: nil)
    }

    private func meta() -> Data {
        MLflowText.yaml([
            "artifact_uri": MLflowText.quoted(artifacts),
            "deleted_time": "null",
            "end_time": "\(MLflowText.milliseconds(run.seal.sealed))",
            "entry_point_name": "''",
            "experiment_id": MLflowText.quoted(experiment),
            "lifecycle_stage": "active",
            "run_id": MLflowText.quoted(number),
            "run_name": MLflowText.quoted(run.reference),
            "run_uuid": MLflowText.quoted(number),
            "source_name": "''",
            "source_type": "4",
            "source_version": "''",
            "start_time": "\(MLflowText.milliseconds(run.record.started))",
            "status": "3",
            "tags": "[]",
            "user_id": "lab",
        ])
    }

    private mutating func writeMetrics(to folder: URL) throws {
        var series = ResultDigest.series(try run.metrics()).map { (name: $0.name, points: $0.values) }
        let sealed = run.seal.sealed.timeIntervalSince1970
        for (name, value) in run.evaluation.exportedNumbers {
            series.append(("evaluation/" + name, [MetricPoint(name: name, step: 0, time: sealed, value: value)]))
        }
        var lines: [String: String] = [:]
        for (name, points) in series { lines[name, default: ""] += Self.lines(points) }
        try write(lines, to: folder, part: "metrics")
    }

    /// `milliseconds value step`, one line a point, no two alike.
    private static func lines(_ points: [MetricPoint]) -> String {
        struct Point: Hashable {
            let milliseconds: Int64
            let value: UInt64
            let step: Int
        }
        var seen: Set<Point> = []
        var text = ""
        for point in points {
            // MLflow's database keeps infinities as the largest numbers.
            let kept =
                point.value.isNaN ? .nan : min(max(point.value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
            var milliseconds = Int64((point.time * 1000).rounded())
            while !seen.insert(
                Point(milliseconds: milliseconds, value: (kept == 0 ? 0 : kept).bitPattern, step: point.step)
            ).inserted {
                milliseconds += 1
            }
            text += "\(milliseconds) \(MLflowText.number(point.value)) \(point.step)\n"
        }
        return text
    }

    private mutating func writeParameters(to folder: URL) throws {
        var values = run.configuration.flattened().filter { !$0.key.isEmpty }.mapValues(\.exportedText)
        values["seed"] = String(run.record.seed)
        let names = MLflowNames(values.keys)
        for (key, value) in values where value.unicodeScalars.count > MLflowExport.longestParameter {
            changed["values", default: [:]][names[key]] = value
            renamed.append("\(run.reference): setting \(key) is cut to \(MLflowExport.longestParameter) characters")
            var kept = ""
            kept.unicodeScalars.append(contentsOf: value.unicodeScalars.prefix(MLflowExport.longestParameter - 1))
            values[key] = kept + "…"
        }
        try write(values, to: folder, part: "params")
    }

    private mutating func writeInputs(to folder: URL) throws {
        for (name, digest) in run.record.datasets.sorted(by: { $0.key < $1.key }) {
            let id = String(Digest.sha256("mlflow dataset \(name) \(digest)").prefix(32))
            let source = ConfigurationValue.object([
                "tags": .object(["lab.dataset": .text(name), "lab.sha256": .text(digest)])
            ])
            let meta = MLflowText.yaml([
                "digest": MLflowText.quoted(String(digest.prefix(36))),
                "name": MLflowText.quoted(String(name.prefix(500))),
                "profile": "null",
                "schema": "null",
                "source": MLflowText.quoted(String(decoding: try CanonicalJSON.encode(source), as: UTF8.self)),
                "source_type": "code",
            ])
            datasets.append((id, meta))
            let input = folder.appending(path: String(Digest.sha256(id + number).prefix(32)))
            try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
            try MLflowText.yaml([
                "destination_id": MLflowText.quoted(id),
                "destination_type": "RUN",
                "source_id": MLflowText.quoted(id),
                "source_type": "DATASET",
                "tags": "{mlflow.data.context: \(run.record.verb == .eval ? "eval" : "training")}",
            ]).write(to: input.appending(path: "meta.yaml"))
        }
    }

    private func writeArtifacts(to folder: URL) throws {
        let files = FileManager.default
        for name in run.artifactNames {
            let place = folder.appending(path: name)
            try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try files.copyItem(at: run.artifact(name), to: place)
        }
        let own = folder.appending(path: MLflowExport.recordFolder)
        // An imported run may carry the files of the run that it was.
        guard !files.fileExists(atPath: own.path) else { return }
        try files.createDirectory(at: own, withIntermediateDirectories: true)
        for name in [RunFiles.record, RunFiles.configuration, RunFiles.evaluation, RunFiles.log] {
            try SealFile.verify(name, in: run.folder, seal: run.seal)
            try files.copyItem(at: run.folder.appending(path: name), to: own.appending(path: name))
        }
        try files.copyItem(at: run.folder.appending(path: RunFiles.seal), to: own.appending(path: RunFiles.seal))
    }

    private func tags() -> [String: String] {
        let record = run.record
        var tags = [
            "mlflow.runName": run.reference, "mlflow.source.name": "labctl \(record.verb.rawValue) \(run.experiment)",
            "mlflow.source.type": "LOCAL", "mlflow.user": "lab", "lab.id": run.id, "lab.run": run.reference,
            "lab.verb": record.verb.rawValue, "lab.seed": String(record.seed), "lab.smoke": String(record.smoke),
            "lab.code": record.code.digest, "lab.resultDigest": run.seal.resultDigest,
            "lab.sealDigest": run.seal.sealDigest,
        ]
        for (role, parent) in record.parents {
            tags["lab.parent.\(role)"] = "\(parent.experiment) \(parent.id) \(MLflowText.runNumber(parent.id))"
        }
        let notes = run.evaluation.notes.joined(separator: "\n\n")
        if !notes.isEmpty { tags["mlflow.note.content"] = String(notes.prefix(MLflowExport.longestTag)) }
        guard !changed.isEmpty, let data = try? CanonicalJSON.encode(changed) else { return tags }
        let characters = Array(String(decoding: data, as: UTF8.self).unicodeScalars)
        for (index, start) in stride(from: 0, to: characters.count, by: MLflowExport.longestTag).enumerated() {
            var piece = ""
            piece.unicodeScalars.append(
                contentsOf: characters[start..<min(start + MLflowExport.longestTag, characters.count)])
            tags[MLflowExport.namesTag + String(index + 1)] = piece
        }
        return tags
    }

    /// One file a key, under a name that MLflow allows.
    private mutating func write(_ values: [String: String], to folder: URL, part: String?) throws {
        let names = MLflowNames(values.keys)
        for (key, value) in values {
            let file = folder.appending(path: names[key])
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(value.utf8).write(to: file)
        }
        guard let part, !names.changed.isEmpty else { return }
        changed[part] = names.changed
        renamed += names.changed.sorted { $0.key < $1.key }.map { "\(run.reference): \($0.value) → \($0.key)" }
    }
}

extension Evaluation {
    /// The figures and their bounds as plain numbers, in order: `f1`, `f1.lower`, `f1.upper`.
    var exportedNumbers: [(name: String, value: Double)] {
        figures.flatMap { figure -> [(String, Double)] in
            let bounds = figure.interval.map {
                [(figure.name + ".lower", $0.lower), (figure.name + ".upper", $0.upper)]
            }
            return [(figure.name, figure.value)] + (bounds ?? [])
        }
    }
}

extension ConfigurationValue {
    /// A setting as a text for other programs: texts as they are, everything else as YAML.
    var exportedText: String {
        if case .text(let text) = self { return text }
        return inlineYAML
    }
}
