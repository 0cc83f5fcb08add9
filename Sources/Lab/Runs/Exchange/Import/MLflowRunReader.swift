import Foundation

/// Reads one run's folder of a file store.
struct MLflowRunReader {
    private let folder: URL
    private let experiment: String
    private let number: String

    init(_ folder: URL, experiment: String, number: String) {
        self.folder = folder
        self.experiment = experiment
        self.number = number
    }

    /// The run, or `nil` where it was deleted; throws `ForeignDamage`.
    func read() throws -> ForeignRun? {
        guard ForeignFolder.type(of: folder) == .typeDirectory else { throw ForeignDamage("the run is a link") }
        let meta = try MLflowMeta(folder.appending(path: "meta.yaml"))
        let id = meta["run_id"] ?? meta["run_uuid"] ?? ""
        // As MLflow itself: a record that names another run or experiment is not believed.
        guard id == folder.lastPathComponent else { throw ForeignDamage("meta.yaml is of run \(id)") }
        guard id.wholeMatch(of: /[a-zA-Z0-9][\w\-]{0,255}/) != nil else { throw ForeignDamage("the id is not valid") }
        guard meta["experiment_id"] == number else {
            throw ForeignDamage("meta.yaml is of experiment \(meta["experiment_id"] ?? "unknown")")
        }
        if meta["lifecycle_stage"] == "deleted" { return nil }
        let tags = try texts("tags")
        var run = ForeignRun(
            origin: RunOrigin(
                system: "mlflow", id: id, experiment: experiment, name: meta["run_name"] ?? tags["mlflow.runName"],
                status: try Self.status(meta["status"]), user: meta["user_id"],
                started: try meta.time("start_time"), ended: try meta.time("end_time"), tags: tags))
        run.parameters = try texts("params")
        for (name, file) in try ForeignFolder.files(below: folder.appending(path: "metrics")) {
            run.metrics += try Self.points(name, try ForeignFolder.text(file, limit: 1 << 30))
        }
        run.artifacts = try ForeignFolder.files(below: folder.appending(path: "artifacts"))
        let artifacts = meta["artifact_uri"] ?? ""
        if run.artifacts.isEmpty, !artifacts.hasSuffix("\(number)/\(id)/artifacts") {
            run.notes.append("Artifacts lie at \(artifacts) and were not imported.")
        }
        run.datasets = try datasets()
        return run
    }

    private func texts(_ part: String) throws -> [String: String] {
        var result: [String: String] = [:]
        for (name, file) in try ForeignFolder.files(below: folder.appending(path: part)) {
            result[name] = try ForeignFolder.text(file)
        }
        return result
    }

    /// Lines of `milliseconds value [step [dataset digest]]`.
    static func points(_ name: String, _ text: String) throws -> [MetricPoint] {
        var result: [MetricPoint] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            let parts = line.trimmingCharacters(in: .whitespaces).split(
                separator: " ", omittingEmptySubsequences: false)
            func bad(_ problem: String) -> ForeignDamage {
                ForeignDamage("metrics/\(name), line \(index + 1): \(problem)")
            }
            guard [2, 3, 5].contains(parts.count) else { throw bad("\(parts.count) fields instead of 2, 3 or 5") }
            guard let milliseconds = Int64(parts[0]), abs(milliseconds) < 1 << 53 else { throw bad("no time") }
            guard let value = Double(parts[1]) else { throw bad("no number") }
            guard let step = parts.count > 2 ? Int(parts[2]) : 0 else { throw bad("no step") }
            result.append(MetricPoint(name: name, step: step, time: Double(milliseconds) / 1000, value: value))
        }
        guard !result.isEmpty else { throw ForeignDamage("metrics/\(name) is empty") }
        return result
    }

    /// The datasets that the run reads: those of Lab with their whole digest.
    private func datasets() throws -> [String: String] {
        var result: [String: String] = [:]
        for input in try ForeignFolder.names(in: folder.appending(path: "inputs")) {
            let meta = try MLflowMeta(
                folder.appending(path: "inputs").appending(path: input).appending(path: "meta.yaml"))
            guard meta["source_type"] == "DATASET", let source = meta["source_id"] else { continue }
            guard source.wholeMatch(of: /[\w\-]{1,255}/) != nil else {
                throw ForeignDamage("inputs/\(input) names no dataset")
            }
            let place = folder.deletingLastPathComponent().appending(path: "datasets").appending(path: source)
            guard ForeignFolder.type(of: place) == .typeDirectory else { continue }
            let dataset = try MLflowMeta(place.appending(path: "meta.yaml"))
            guard let name = dataset["name"], let digest = dataset["digest"] else { continue }
            result[name] = Self.wholeDigest(dataset["source"]) ?? digest
        }
        return result
    }

    /// The SHA-256 that an export of Lab puts beside MLflow's shorter digest.
    static func wholeDigest(_ source: String?) -> String? {
        guard let source, let value = try? YAMLDocument(source, source: "source").value,
            case .text(let digest)? = value[["tags", "lab.sha256"]]
        else { return nil }
        return digest
    }

    private static func status(_ text: String?) throws -> String? {
        guard let text else { return nil }
        let names = ["1": "RUNNING", "2": "SCHEDULED", "3": "FINISHED", "4": "FAILED", "5": "KILLED"]
        guard let name = names[text] ?? names.values.first(where: { $0 == text }) else {
            throw ForeignDamage("status \(text) is unknown")
        }
        return name
    }
}
