import Foundation

/// A finished run: complete, never changed, and checked against its seal wherever it is read.
public struct SealedRun: Sendable, Equatable {
    public let folder: URL
    public let record: RunRecord
    public let seal: Seal
    public let evaluation: Evaluation
    /// The complete configuration as a tree.
    public let configuration: ConfigurationValue

    public var id: String { record.id }
    public var experiment: String { record.experiment }
    /// The number in its workspace: a local alias, not an identity.
    public var number: Int? { Int(folder.lastPathComponent) }
    /// Experiment and number.
    public var reference: String { experiment + "/" + folder.lastPathComponent }

    /// Reads a run's folder.
    ///
    /// Errors: `RunsError.notSealed` without a seal; `RunsError.damaged` where the seal's own digest or that of a file
    /// read here does not match. Artifacts are checked when they are asked for.
    public init(folder: URL) throws {
        self.folder = folder
        seal = try SealFile.read(folder)
        record = try SealFile.checked(RunFiles.record, in: folder, seal: seal) {
            try CanonicalJSON.decode(RunRecord.self, from: $0)
        }
        guard record.format <= RunRecord.currentFormat else {
            throw RunsError.unsupportedFormat(
                file: folder.appending(path: RunFiles.record).path, found: record.format,
                supported: RunRecord.currentFormat)
        }
        evaluation = try SealFile.checked(RunFiles.evaluation, in: folder, seal: seal) {
            try CanonicalJSON.decode(Evaluation.self, from: $0)
        }
        configuration = try SealFile.checked(RunFiles.configuration, in: folder, seal: seal) {
            try YAMLDocument(String(decoding: $0, as: UTF8.self), source: RunFiles.configuration).value
                .removing(ConfigurationYAML.seedKey)
        }
    }

    /// The configuration as the experiment's own type.
    public func configuration<C: ExperimentConfiguration>(as type: C.Type) throws -> C {
        try configuration.decode(as: type)
    }

    /// The names of the artifacts, sorted.
    public var artifactNames: [String] { seal.artifacts.map(\.name) }

    /// Where an artifact lies, after its bytes were compared with the seal.
    ///
    /// - Parameter name: a file, or a folder whose files are all compared.
    public func artifact(_ name: String) throws -> URL {
        let inside = seal.artifacts.filter { $0.name == name || $0.name.hasPrefix(name + "/") }
        guard !inside.isEmpty else {
            throw RunsError.missingArtifact(name: name, run: reference, known: artifactNames)
        }
        for artifact in inside { try SealFile.verify(RunFiles.artifacts + "/" + artifact.name, in: folder, seal: seal) }
        return folder.appending(path: RunFiles.artifacts).appending(path: name)
    }

    /// All measurements in the order of measuring.
    public func metrics() throws -> [MetricPoint] {
        try SealFile.verify(RunFiles.metrics, in: folder, seal: seal)
        return try MetricsFile.read(folder.appending(path: RunFiles.metrics))
    }

    /// Compares every file with the seal; throws `RunsError.damaged` with the first that differs, is missing or is new.
    public func verify() throws {
        for file in seal.files { try SealFile.verify(file.path, in: folder, seal: seal) }
        let sealed = Set(seal.files.map(\.path))
        for path in try FolderContent.files(in: folder) where !sealed.contains(path) {
            throw RunsError.damaged(run: reference, file: path, problem: "was added after the seal")
        }
    }
}

/// Reads files of a sealed folder and compares them with the seal.
enum SealFile {
    static func read(_ folder: URL) throws -> Seal {
        let url = folder.appending(path: RunFiles.seal)
        let reference = reference(folder)
        guard FileManager.default.fileExists(atPath: url.path) else {
            guard FileManager.default.fileExists(atPath: folder.path) else {
                throw RunsError.unknownRun(reference: reference, nearest: nil)
            }
            throw RunsError.notSealed(run: reference, state: RunState.of(folder).rawValue)
        }
        let data = try RunsError.reading(url.path) { try Data(contentsOf: url) }
        guard let seal = try? CanonicalJSON.decode(Seal.self, from: data) else {
            throw RunsError.damaged(run: reference, file: RunFiles.seal, problem: "cannot be read")
        }
        guard seal.format <= Seal.currentFormat else {
            throw RunsError.unsupportedFormat(file: url.path, found: seal.format, supported: Seal.currentFormat)
        }
        guard try seal.computedSealDigest() == seal.sealDigest else {
            throw RunsError.damaged(run: reference, file: RunFiles.seal, problem: "was changed after it was written")
        }
        return seal
    }

    static func verify(_ path: String, in folder: URL, seal: Seal) throws {
        let url = folder.appending(path: path)
        guard let file = seal.files.first(where: { $0.path == path }) else {
            throw RunsError.damaged(run: reference(folder), file: path, problem: "is not covered by the seal")
        }
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw RunsError.damaged(run: reference(folder), file: path, problem: "is missing")
        }
        let found = try Seal.File(folder: folder, path: path)
        guard found == file else {
            let problem =
                found.bytes == file.bytes
                ? "does not match the seal" : "has \(found.bytes) bytes, the seal says \(file.bytes)"
            throw RunsError.damaged(run: reference(folder), file: path, problem: problem)
        }
    }

    /// Verifies a file and reads it.
    static func checked<Value>(_ path: String, in folder: URL, seal: Seal, _ read: (Data) throws -> Value) throws
        -> Value
    {
        try verify(path, in: folder, seal: seal)
        let url = folder.appending(path: path)
        return try RunsError.reading(url.path) { try read(Data(contentsOf: url)) }
    }

    /// Experiment folder and number.
    static func reference(_ folder: URL) -> String {
        let experiment = folder.deletingLastPathComponent().lastPathComponent
        return Workspace.experimentName(ofFolder: experiment) + "/" + folder.lastPathComponent
    }
}
