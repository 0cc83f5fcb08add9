import Foundation
import LabStorage

/// What a run saved of itself at one step, checked byte by byte: a resumed run goes on from here.
public struct Checkpoint: Sendable {
    /// What the experiment counts; everything up to it is done.
    public let step: Int
    let folder: URL
    let manifest: CheckpointManifest

    /// The names of the files that were saved, sorted.
    public var names: [String] { manifest.files.map(\.path) }

    /// Where a saved file lies, after its bytes were compared with their digest.
    ///
    /// Errors: `RunsError.missingArtifact` for a name that was not saved, `RunsError.damaged` where the bytes changed.
    public func file(_ name: String) throws -> URL {
        guard let saved = manifest.files.first(where: { $0.path == name }) else {
            throw RunsError.missingArtifact(name: name, run: reference, known: names)
        }
        try verify(saved)
        return folder.appending(path: name)
    }

    /// A saved value, read from JSON.
    public func value<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        let url = try file(name)
        return try RunsError.reading(url.path) { try CanonicalJSON.decode(type, from: Data(contentsOf: url)) }
    }

    /// The steps that a run's folder holds checkpoints of, newest first; whether they are sound shows when they are read.
    public static func steps(in folder: URL) -> [Int] { CheckpointFolder(run: folder).steps }

    /// Writes a value as JSON into a checkpoint's folder, for `value(_:as:)`.
    public static func write(_ value: some Encodable, to folder: URL, _ name: String) throws {
        let url = folder.appending(path: name)
        try RunsError.writing(url.path) { try CanonicalJSON.encode(value).write(to: url) }
    }

    func verify(_ saved: Seal.File) throws {
        let url = folder.appending(path: saved.path)
        let place = folder.lastPathComponent + "/" + saved.path
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw RunsError.damaged(run: reference, file: place, problem: "is missing")
        }
        guard try Seal.File(folder: folder, path: saved.path) == saved else {
            throw RunsError.damaged(run: reference, file: place, problem: "does not match the checkpoint's manifest")
        }
    }

    private var reference: String {
        SealFile.reference(folder.deletingLastPathComponent().deletingLastPathComponent())
    }
}
