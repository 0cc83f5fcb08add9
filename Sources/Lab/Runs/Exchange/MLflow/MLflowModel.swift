import Foundation

/// A registered model of a file store: one version a run that has a model among its artifacts.
struct MLflowModel {
    static let endings = [".safetensors", ".onnx"]

    let name: String
    let root: String
    let store: MLflowStoreFolder

    /// Adds the model and its new versions to the draft; a run that has a version keeps it.
    ///
    /// Throws `RunsError.invalidSetting` for a name that MLflow refuses.
    func add(_ runs: [SealedRun], to draft: inout FolderDraft) throws {
        let fits = MLflowNames([name])[name] == name && !name.contains("/") && !name.contains(":")
        guard fits else {
            throw RunsError.invalidSetting(
                key: "register", value: name, requirement: "letters, digits, spaces, '_', '-' and '.' only")
        }
        let folder = store.url.appending(path: "models").appending(path: name)
        let present = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
            $0.hasPrefix("version-")
        }
        let texts = present.compactMap {
            try? String(contentsOf: folder.appending(path: $0).appending(path: "meta.yaml"), encoding: .utf8)
        }
        var version = present.compactMap { Int($0.dropFirst("version-".count)) }.max() ?? 0
        let models = runs.sorted { $0.id < $1.id }.compactMap { run in
            run.artifactNames.first { name in Self.endings.contains { name.hasSuffix($0) } }.map { (run, $0) }
        }
        let times = models.map { MLflowText.milliseconds($0.0.seal.sealed) }
        let meta = MLflowText.yaml([
            "creation_timestamp": "\(times.min() ?? 0)",
            "description": "null",
            "last_updated_timestamp": "\(times.max() ?? 0)",
            "name": MLflowText.quoted(name),
        ])
        try draft.add("models/\(name)/meta.yaml") { try meta.write(to: $0) }
        for ((run, artifact), time) in zip(models, times) {
            let number = MLflowText.runNumber(run.id)
            guard !texts.contains(where: { $0.contains(number) }) else { continue }
            version += 1
            let experiment = store.number(ofExperiment: run.experiment) ?? MLflowText.experimentNumber(run.experiment)
            let text = MLflowText.yaml([
                "creation_timestamp": "\(time)",
                "current_stage": "None",
                "description": "null",
                "last_updated_timestamp": "\(time)",
                "name": MLflowText.quoted(name),
                "run_id": MLflowText.quoted(number),
                "run_link": "null",
                "source": MLflowText.quoted("runs:/\(number)/\(artifact)"),
                "status": "READY",
                "status_message": "null",
                "storage_location": MLflowText.quoted("\(root)/\(experiment)/\(number)/artifacts/\(artifact)"),
                "user_id": "null",
                "version": "\(version)",
            ])
            try draft.add("models/\(name)/version-\(version)") { place in
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try text.write(to: place.appending(path: "meta.yaml"))
            }
        }
    }
}
