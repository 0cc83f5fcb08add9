import Foundation
import LabStorage

/// Writes sealed runs as a file store of MLflow (format of version 3.17.2), an `mlruns` folder.
///
/// | MLflow | Lab |
/// |---|---|
/// | experiment | experiment; its number comes from the name |
/// | run | run; its identifier is the ULID in hexadecimal, its name the reference |
/// | params | settings by dotted key, and `seed` |
/// | metrics | measurements; figures as `evaluation/<figure>`, bounds as `….lower` and `….upper`, step 0 |
/// | tags | `lab.*`: id, digests, verb, code, parents; notes as the description |
/// | artifacts | artifacts; the run's own files under `lab-run/` |
/// | dataset inputs | declared datasets with their digests |
///
/// A store that stands there is added to; runs in it are left as they are. MLflow's database allows no two equal points,
/// so of two measurements with the same name, step, millisecond and value the second is a millisecond later.
/// MLflow wants `MLFLOW_ALLOW_FILE_STORE=true` to open such a folder, or `mlflow migrate-filestore` to turn it into SQLite.
public struct MLflowExport: RunExport {
    /// The folder among a run's artifacts that holds its own files.
    static let recordFolder = "lab-run"
    /// The beginning of the tags that hold renamed and cut texts as JSON, in pieces that MLflow allows.
    static let namesTag = "lab.names."
    static let longestParameter = 6000
    static let longestTag = 8000

    /// Where MLflow looks for artifacts, as an address; `nil` is the folder itself, by its absolute path.
    public var artifactRoot: String?
    /// Registers a version of this model for every run that has a model among its artifacts.
    public var model: String?

    public init(artifactRoot: String? = nil, model: String? = nil) {
        self.artifactRoot = artifactRoot
        self.model = model
    }

    public func write(_ runs: [SealedRun], to folder: URL) throws -> ExportReport {
        let folder = folder.standardizedFileURL
        let store = try MLflowStoreFolder(folder)
        var draft = try FolderDraft(of: folder)
        var report = ExportReport(folder: folder.path)
        do {
            let root = artifactRoot ?? folder.absoluteString.trimmingSuffix("/")
            for (experiment, members) in Dictionary(grouping: runs, by: \.experiment).sorted(by: { $0.key < $1.key }) {
                let number = store.number(ofExperiment: experiment) ?? MLflowText.experimentNumber(experiment)
                try add(experiment, number, root, members, to: &draft)
                for run in members.sorted(by: { $0.id < $1.id }) {
                    let place = "\(number)/\(MLflowText.runNumber(run.id))"
                    if draft.isPresent(place) || draft.holds(place) {
                        report.present.append(run.reference)
                        continue
                    }
                    var writer = try MLflowRunWriter(run, experiment: number, artifacts: "\(root)/\(place)/artifacts")
                    try draft.add(place) { try writer.write(to: $0) }
                    for (name, text) in writer.datasets where !draft.holds("\(number)/datasets/\(name)") {
                        try draft.add("\(number)/datasets/\(name)") { place in
                            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                            try text.write(to: place.appending(path: "meta.yaml"))
                        }
                    }
                    report.added.append(run.reference)
                    report.renamed += writer.renamed
                }
            }
            if let model { try MLflowModel(name: model, root: root, store: store).add(runs, to: &draft) }
            try draft.commit()
        } catch {
            draft.discard()
            throw error
        }
        return report
    }

    private func add(
        _ experiment: String, _ number: String, _ root: String, _ runs: [SealedRun], to draft: inout FolderDraft
    ) throws {
        let started = MLflowText.milliseconds(runs.map(\.record.started).min() ?? Date(timeIntervalSince1970: 0))
        let meta = MLflowText.yaml([
            "artifact_location": MLflowText.quoted("\(root)/\(number)"),
            "creation_time": "\(started)",
            "experiment_id": MLflowText.quoted(number),
            "last_update_time": "\(started)",
            "lifecycle_stage": "active",
            "name": MLflowText.quoted(experiment),
        ])
        try draft.add("\(number)/meta.yaml") { try meta.write(to: $0) }
    }
}

/// What stands in a folder that is to become, or is, a store.
struct MLflowStoreFolder {
    let url: URL
    private let numbers: [String: String]

    /// Throws `RunsError.cannotCreate` where the folder holds something else than a store.
    init(_ url: URL) throws {
        self.url = url
        let files = FileManager.default
        var numbers: [String: String] = [:]
        let names = ((try? files.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
        for name in names {
            let file = url.appending(path: name).appending(path: "meta.yaml")
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            let meta = try? YAMLDocument(text, source: file.path).value
            if case .text(let experiment)? = meta?["name"] { numbers[experiment] = name }
        }
        let isStore = names.isEmpty || !numbers.isEmpty || names.contains(".trash")
        guard isStore else {
            throw RunsError.cannotCreate(path: url.path, problem: "the folder is not empty and no store of MLflow")
        }
        self.numbers = numbers
    }

    /// The number of an experiment that stands there.
    func number(ofExperiment name: String) -> String? { numbers[name] }
}

extension String {
    func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
