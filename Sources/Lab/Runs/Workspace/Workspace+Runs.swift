import Foundation

/// A run's folder as it lies in a workspace, in whatever state.
public struct RunEntry: Sendable, Equatable {
    public let folder: URL
    public let experiment: String
    public let number: Int
    public let state: RunState
    /// `nil` where it was not written or cannot be read.
    public let record: RunRecord?

    /// Experiment and number.
    public var reference: String { "\(experiment)/\(number)" }

    /// The result of a sealed run; throws `RunsError.damaged` where it does not match the seal.
    public var evaluation: Evaluation {
        get throws {
            try SealFile.checked(RunFiles.evaluation, in: folder, seal: SealFile.read(folder)) {
                try CanonicalJSON.decode(Evaluation.self, from: $0)
            }
        }
    }

    /// `nil` where the folder's name is no number.
    public init?(folder: URL) {
        guard let number = Int(folder.lastPathComponent), number > 0 else { return nil }
        self.folder = folder
        self.number = number
        experiment = Workspace.experimentName(ofFolder: folder.deletingLastPathComponent().lastPathComponent)
        state = RunState.of(folder)
        record = (try? Data(contentsOf: folder.appending(path: RunFiles.record))).flatMap {
            try? CanonicalJSON.decode(RunRecord.self, from: $0)
        }
    }
}

extension Workspace {
    /// All runs, by experiment and number; of one experiment where it is named.
    public func entries(of experiment: String? = nil) throws -> [RunEntry] {
        let folders = try experiment.map { [Self.folderName(ofExperiment: $0)] } ?? Self.subfolders(of: runs)
        return try folders.sorted().flatMap { name -> [RunEntry] in
            let folder = runs.appending(path: name)
            return try Self.subfolders(of: folder).compactMap { RunEntry(folder: folder.appending(path: $0)) }
                .sorted { $0.number < $1.number }
        }
    }

    /// Makes a folder for a new run that has no number yet: what is in it appears under a number all at once.
    func draftFolder(for experiment: String) throws -> URL {
        let parent = runs.appending(path: Self.folderName(ofExperiment: experiment))
        let draft = parent.appending(path: Self.draftPrefix + ULID.make(at: Date()))
        if mkdir(draft.path, 0o755) == 0 { return draft }
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw RunsError.system(Self.creationProblem(parent), creating: parent.path)
        }
        guard mkdir(draft.path, 0o755) == 0 else { throw RunsError.system(errno, creating: draft.path) }
        return draft
    }

    /// Renames a filled draft to the next free number: a folder is never renamed over a full one, so that two processes
    /// get two numbers.
    func claimNumber(for draft: URL) throws -> URL {
        let parent = draft.deletingLastPathComponent()
        let names = try Self.subfolders(of: parent)
        for name in names where name.hasPrefix(Self.draftPrefix) && name != draft.lastPathComponent {
            Self.removeDraft(parent.appending(path: name))
        }
        var number = (names.compactMap { Int($0) }.max() ?? 0) + 1
        while true {
            let folder = parent.appending(path: String(number))
            if rename(draft.path, folder.path) == 0 { return folder }
            guard errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR else {
                throw RunsError.system(errno, creating: folder.path)
            }
            number += 1
        }
    }

    /// Folders of runs that were not begun yet; one that nobody holds was left by a kill.
    static let draftPrefix = ".new-"

    /// Removes a draft whose log nobody holds; a young one is being made just now.
    private static func removeDraft(_ draft: URL) {
        let descriptor = open(draft.appending(path: RunFiles.log).path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, time(nil) - status.st_mtim.tv_sec > 60 else { return }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(at: draft) }
    }

    /// Why a folder could not be made: asks the system again, since Foundation hides the reason.
    private static func creationProblem(_ folder: URL) -> Int32 {
        var missing = folder
        while !FileManager.default.fileExists(atPath: missing.deletingLastPathComponent().path), missing.path != "/" {
            missing = missing.deletingLastPathComponent()
        }
        return mkdir(missing.path, 0o755) == 0 ? EIO : errno
    }

    private static func subfolders(of folder: URL) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try RunsError.reading(folder.path) { try FileManager.default.contentsOfDirectory(atPath: folder.path) }
    }
}
