import Foundation

/// Reads a file store of MLflow, run by run; what is damaged is named and left aside.
///
/// Layout and rules: `mlflow/store/tracking/file_store.py` of MLflow 3.17.2. Deleted experiments and runs are not read.
struct MLflowStore {
    let root: URL

    /// Throws `RunsError.cannotRead` where the folder is no store.
    init(_ folder: URL) throws {
        let inner = folder.appending(path: "mlruns")
        root = ForeignFolder.type(of: inner) == .typeDirectory ? inner : folder
        guard !experiments().isEmpty else {
            throw RunsError.cannotRead(path: folder.path, problem: "no experiment of MLflow lies in it")
        }
    }

    /// The numbers of the experiments.
    private func experiments() -> [String] {
        ((try? ForeignFolder.names(in: root)) ?? []).filter { name in
            name != "models" && !name.hasPrefix(".")
                && ForeignFolder.type(of: root.appending(path: name).appending(path: "meta.yaml")) != nil
        }
    }

    /// Hears every run in order, or why it cannot be read.
    func read(_ take: (String, Result<ForeignRun, ForeignDamage>) throws -> Void) throws {
        for number in experiments() {
            let folder = root.appending(path: number)
            do {
                guard ForeignFolder.type(of: folder) == .typeDirectory else {
                    throw ForeignDamage("the experiment is a link or no folder")
                }
                let meta = try MLflowMeta(folder.appending(path: "meta.yaml"))
                guard let name = meta["name"], !name.isEmpty else { throw ForeignDamage("meta.yaml has no name") }
                guard meta["experiment_id"] == number else {
                    throw ForeignDamage("meta.yaml is of experiment \(meta["experiment_id"] ?? "unknown")")
                }
                if meta["lifecycle_stage"] == "deleted" { continue }
                try readRuns(of: number, name, take)
            } catch let damage as ForeignDamage {
                try take(number, .failure(damage))
            }
        }
    }

    private func readRuns(
        of number: String, _ experiment: String, _ take: (String, Result<ForeignRun, ForeignDamage>) throws -> Void
    ) throws {
        let folder = root.appending(path: number)
        for name in try ForeignFolder.names(in: folder)
        where !["tags", "datasets", "traces", "models"].contains(name) && !name.hasPrefix(".") {
            let place = folder.appending(path: name)
            // A plain file beside the runs is the experiment's own `meta.yaml`, or nothing of MLflow's.
            if ForeignFolder.type(of: place) == .typeRegular { continue }
            let result: Result<ForeignRun, ForeignDamage>
            do {
                guard let run = try MLflowRunReader(place, experiment: experiment, number: number).read() else {
                    continue
                }
                result = .success(run)
            } catch let damage as ForeignDamage {
                result = .failure(damage)
            }
            try take("\(number)/\(name)", result)
        }
    }
}

/// A `meta.yaml` as plain texts.
struct MLflowMeta {
    private let document: YAMLDocument

    init(_ file: URL) throws {
        let text = try ForeignFolder.text(file)
        do {
            document = try YAMLDocument(text, source: file.lastPathComponent)
        } catch let error as RunsError {
            throw ForeignDamage(error.what)
        }
        guard case .object = document.value else { throw ForeignDamage("meta.yaml is no mapping") }
    }

    /// The value as it is written; `nil` for null and what is missing.
    subscript(key: String) -> String? {
        guard let value = document.value[[key]], value != .null else { return nil }
        return document.plainTexts[key] ?? value.exportedText
    }

    /// The value itself.
    func value(_ key: String) -> ConfigurationValue? { document.value[[key]] }

    /// A time in Unix milliseconds; `nil` for null.
    func time(_ key: String) throws -> Int64? {
        guard let text = self[key] else { return nil }
        return try Self.time(Int64(text), key)
    }

    /// A time between 1970 and 9999.
    static func time(_ milliseconds: Int64?, _ key: String) throws -> Int64 {
        guard let milliseconds, (0...253_402_300_799_000).contains(milliseconds) else {
            throw ForeignDamage("\(key) is no time in milliseconds")
        }
        return milliseconds
    }
}
