import Foundation
import GRDB
import Synchronization

/// What is known of a workspace's runs, in `.lab/index.sqlite`: a cache that answers queries quickly, never the truth.
///
/// It is brought up to date by `refresh`, which costs two looks at the file system for an experiment where nothing
/// changed: it compares the modification times of `runs/` and of each experiment's folder, and looks again at every run
/// that was not sealed. A new, removed, replaced or annotated run is noticed by that. A file that is changed by hand inside
/// a sealed run is not: `confirm` finds it for the runs of an answer by the files' sizes and times, `rebuild` for all,
/// and `labctl runs verify` by every byte. Clocks that differ by more than two seconds between this machine and the one
/// that keeps the files may hide a run that was made in the same moment as the last look; `rebuild` finds it.
///
/// A file of another version, or one that is damaged (every page carries a check), is discarded and made again from the
/// folders. Where nothing can be written, queries go over the folders themselves.
public final class RunIndex: Sendable {
    public let workspace: Workspace
    private let database = Mutex<IndexDatabase?>(nil)

    private init(_ workspace: Workspace) { self.workspace = workspace }

    /// The file.
    public var file: URL { workspace.cache.appending(path: "index.sqlite") }

    /// Brings the index up to date with the folders.
    ///
    /// - Parameter note: hears in one sentence what took time or had to be made again.
    public func refresh(_ note: @escaping (String) -> Void = { _ in }) throws {
        _ = try attempt(note) { database in
            try IndexRefresh(workspace: workspace, database: database, note: note).run()
        }
    }

    /// Answers a query from the index as it is, without a look at the folders.
    public func select(_ query: RunQuery, _ note: @escaping (String) -> Void = { _ in }) throws -> RunSelection {
        try attempt(note) { try $0.select(query) } ?? query.select(from: facts())
    }

    /// Looks again at the runs of an answer whose files have other sizes or times than the index knows.
    ///
    /// - Returns: whether one of them had changed, so that the query must be asked again.
    public func confirm(_ selection: RunSelection, first count: Int = 200) throws -> Bool {
        let folders = (0..<min(count, selection.count)).map {
            workspace.folder(selection.experiment($0), selection.number($0))
        }
        return try attempt({ _ in }) { database in
            try IndexRefresh(workspace: workspace, database: database, note: { _ in }).confirm(folders)
        } ?? false
    }

    /// Makes the index again from the folders; returns how many runs it holds, `nil` where nothing can be written.
    @discardableResult
    public func rebuild(_ note: @escaping (String) -> Void = { _ in }) throws -> Int? {
        discard(nil)
        try refresh(note)
        return try attempt(note) { try $0.select(RunQuery(limit: 0)).total }
    }

    /// Takes over what a run's folder says now: at its seal, or when it stops.
    ///
    /// Never throws and never waits long: what it leaves out, the next `refresh` finds.
    public static func note(folder: URL, in workspace: Workspace) {
        let metrics = folder.appending(path: RunFiles.metrics).path
        let size = (try? FileManager.default.attributesOfItem(atPath: metrics))?[.size] as? NSNumber
        // Millions of measurements take longer to sum up than a run may take to end.
        guard (size?.intValue ?? 0) < 4 << 20 else { return }
        let index = workspace.index
        _ = try? index.attempt({ _ in }) { database in
            try IndexRefresh(workspace: workspace, database: database, note: { _ in }).look(folder)
        }
    }

    /// What the folders say, where there is no index.
    private func facts() throws -> FactsTable {
        FactsTable(try workspace.entries().compactMap { RunFacts(folder: $0.folder) })
    }

    /// Runs `work` on the database; after damage once more on one that was made again. `nil` where there can be none.
    private func attempt<Result>(
        _ note: @escaping (String) -> Void, _ work: (IndexDatabase) throws -> Result
    ) throws -> Result? {
        var seen: FileIdentity?
        for isLast in [false, true] {
            do {
                seen = FileIdentity(file.path)
                return try work(opened())
            } catch IndexProblem.unavailable {
                return nil
            } catch IndexProblem.damaged where isLast {
                return nil
            } catch IndexProblem.otherFormat where isLast {
                return nil
            } catch IndexProblem.damaged {
                note("the index of the runs is damaged and is made again; the runs themselves are not touched")
                try remake(seen, note)
            } catch IndexProblem.otherFormat(let format) {
                note("the index of the runs has format \(format) and is made again in format \(IndexDatabase.format)")
                try remake(seen, note)
            }
        }
        return nil
    }

    private func remake(_ seen: FileIdentity?, _ note: @escaping (String) -> Void) throws {
        discard(seen)
        do {
            try IndexRefresh(workspace: workspace, database: opened(), note: note).run()
        } catch is IndexProblem {
            // The second attempt meets the same, and goes on without an index.
        }
    }

    /// The open database, opened again where its file was replaced or removed.
    private func opened() throws -> IndexDatabase {
        try database.withLock { open in
            if let open, open.identity == FileIdentity(file.path) { return open }
            open = nil
            let files = FileManager.default
            guard files.fileExists(atPath: workspace.runs.path) || files.fileExists(atPath: file.path) else {
                throw IndexProblem.unavailable("a folder without runs gets no index")
            }
            let fresh = try IndexDatabase.open(file)
            open = fresh
            return fresh
        }
    }

    /// Removes the file, but not the one that another process has meanwhile made in its place.
    private func discard(_ seen: FileIdentity?) {
        database.withLock { open in
            open = nil
            let lock = lockedFile(file.path + ".lock")
            defer { if lock >= 0 { close(lock) } }
            if let seen, FileIdentity(file.path) != seen { return }
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(file.path + suffix) }
        }
    }

    /// One index a workspace in a process, the most recently used ones: opening costs more than asking.
    private static let recent = Mutex<[RunIndex]>([])

    static func of(_ workspace: Workspace) -> RunIndex {
        recent.withLock { recent in
            let found = recent.firstIndex { $0.workspace == workspace }.map { recent.remove(at: $0) }
            let index = found ?? RunIndex(workspace)
            recent.insert(index, at: 0)
            if recent.count > 4 { recent.removeLast() }
            return index
        }
    }
}

private func lockedFile(_ path: String) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor >= 0 { flock(descriptor, LOCK_EX) }
    return descriptor
}

extension Workspace {
    /// What is known of the runs.
    public var index: RunIndex { RunIndex.of(self) }

    /// The folder of an experiment's run, whether it is there or not.
    public func folder(_ experiment: String, _ number: Int) -> URL {
        runs.appending(path: Self.folderName(ofExperiment: experiment)).appending(path: String(number))
    }
}
