import Foundation

/// What can be deleted from a workspace, and why: found first, deleted item by item if that is wanted.
public struct Garbage: Sendable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A run that was killed or stopped, long ago.
        case interrupted
        /// A run that an error stopped, long ago.
        case failed
        /// A sealed run that was asked for by a query.
        case sealed
        /// A file or folder that a killed process left half written.
        case leftover
        /// Checkpoints of a run that is sealed.
        case checkpoints
        /// Tags and notes of a run that is gone.
        case notes
        /// What an earlier deletion had not finished.
        case trash
    }

    public struct Item: Sendable, Equatable {
        public let kind: Kind
        public let place: URL
        /// Of the run that it belongs to, where it belongs to one.
        public let run: String?
        public let bytes: Int
        /// One clause.
        public let reason: String
    }

    /// A run that the query asked for and that stays.
    public struct Kept: Sendable, Equatable {
        public let run: String
        public let reason: String
    }

    /// By place.
    public var items: [Item]
    public var kept: [Kept]

    public var bytes: Int { items.reduce(0) { $0 + $1.bytes } }

    /// How long what another process may be writing at this moment is left alone, in seconds.
    static let young = 3600.0
    static let trashPrefix = ".trash-"
}

extension Workspace {
    /// Looks for what can be deleted; deletes nothing.
    ///
    /// Without `query`: unsealed runs whose last sign of life is older than `age`, and what killed processes left. With it:
    /// of the runs that it selects, unsealed ones as before and sealed ones that no run names as parent. A run that is
    /// running, or has a tag, never.
    ///
    /// - Parameter age: in seconds.
    public func garbage(olderThan age: Double, query: RunFilter? = nil, now: Date = Date()) throws -> Garbage {
        try index.refresh()
        let all = try index.select(RunQuery(columns: ["id", "parents", "tags"]))
        var search = GarbageSearch(workspace: self, age: age, now: now)
        for row in 0..<all.count { search.parents.formUnion(RunFacts.elements(all[row, "parents"].text ?? "")) }
        if let query {
            let chosen = try index.select(RunQuery([query], columns: ["id", "tags"]))
            for row in 0..<chosen.count { try search.look(chosen, row, isAskedFor: true) }
        } else {
            for row in 0..<all.count { try search.look(all, row, isAskedFor: false) }
            try search.lookForLeftovers()
        }
        return Garbage(items: search.items.sorted { $0.place.path < $1.place.path }, kept: search.kept)
    }

    /// Deletes one thing that `garbage` found, unless it has come to life since; returns whether it is gone.
    ///
    /// A run's folder is first renamed to a hidden name, so that a kill in between leaves no half run.
    public func delete(_ item: Garbage.Item) throws -> Bool {
        let files = FileManager.default
        guard item.kind == .interrupted || item.kind == .failed || item.kind == .sealed else {
            return try RunsError.writing(item.place.path) {
                if files.fileExists(atPath: item.place.path) { try files.removeItem(at: item.place) }
                return true
            }
        }
        // The lock of the run, so that nothing resumes it meanwhile.
        let lock = open(item.place.appending(path: RunFiles.log).path, O_RDONLY | O_CLOEXEC)
        defer { if lock >= 0 { close(lock) } }
        guard lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 else { return false }
        let isSealed = files.fileExists(atPath: item.place.appending(path: RunFiles.seal).path)
        guard isSealed == (item.kind == .sealed), try RunNotes.read(besides: item.place).tags.isEmpty else {
            return false
        }
        let trash = item.place.deletingLastPathComponent()
            .appending(path: Garbage.trashPrefix + item.place.lastPathComponent + "-" + UUID().uuidString)
        guard rename(item.place.path, trash.path) == 0 else {
            throw RunsError.system(errno, writing: item.place.path)
        }
        return try RunsError.writing(trash.path) {
            let notes = RunNotes.file(besides: item.place)
            if files.fileExists(atPath: notes.path) { try files.removeItem(at: notes) }
            try files.removeItem(at: trash)
            return true
        }
    }
}
