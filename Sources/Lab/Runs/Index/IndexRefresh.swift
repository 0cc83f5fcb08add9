import Foundation

/// Brings an index up to date with the folders.
struct IndexRefresh {
    /// A folder that changed this recently may change again without another time: it is looked through the next time too.
    static let uncertain: Int64 = 2_000_000_000
    /// So many runs are written at once, so that other processes wait no longer.
    static let batch = 256

    let workspace: Workspace
    let database: IndexDatabase
    let note: (String) -> Void

    func run() throws {
        let known = try database.folders()
        let root = FolderScan.modified(workspace.runs.path)
        var names = known.keys.filter { !$0.isEmpty }
        if root == nil || known[""] != root {
            // Names are asked for after the time: what comes in between is found the next time.
            names = try FolderScan.names(workspace.runs.path).filter { !$0.hasPrefix(".") }
            for gone in Set(known.keys).subtracting(names).subtracting([""]) { try forget(gone) }
        }
        for name in names.sorted() {
            let modified = FolderScan.modified(workspace.runs.appending(path: name).path)
            if modified == nil || known[name] != modified { try scan(name, modified) }
        }
        if root == nil || known[""] != root { try mark("", root) }
        try lookAgain()
    }

    /// Looks at one run's folder and takes over what it says.
    func look(_ folder: URL) throws { try database.apply([update(folder)].compactMap { $0 }) }

    /// Looks again at those runs whose files have other sizes or times; returns whether there was one.
    func confirm(_ folders: [URL]) throws -> Bool {
        var changed: [IndexDatabase.Update] = []
        for folder in folders {
            guard let (experiment, number) = Self.place(folder),
                let known = try database.run(experiment, number), FolderScan.signature(folder) != known.signature
            else { continue }
            changed.append(update(folder) ?? .init(run: known, facts: nil))
        }
        try database.apply(changed)
        return !changed.isEmpty
    }

    private func mark(_ name: String, _ modified: Int64?) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        // A time in the future comes from another clock, of which nothing is known.
        let isCertain = modified.map { now - $0 > Self.uncertain } ?? false
        try database.mark(folder: name, modified: isCertain ? modified : name.isEmpty ? nil : 0)
    }

    private func forget(_ name: String) throws {
        let runs = try database.runs(of: Workspace.experimentName(ofFolder: name))
        try database.apply(runs.values.map { .init(run: $0, facts: nil) })
        try database.mark(folder: name, modified: nil)
    }

    /// Looks through an experiment's folder for runs that came, went, or are others than before.
    private func scan(_ name: String, _ modified: Int64?) throws {
        let folder = workspace.runs.appending(path: name)
        let known = try database.runs(of: Workspace.experimentName(ofFolder: name))
        var marks: [Int: Int64] = [:]
        var notes: [Int: Int64] = [:]
        for name in try FolderScan.names(folder.path) {
            if let number = Int(name), number > 0 {
                marks[number] = FolderScan.mark(folder.path + "/" + name)
            } else if name.hasSuffix(RunNotes.suffix), let number = Int(name.dropLast(RunNotes.suffix.count)) {
                notes[number] = FolderScan.mark(folder.path + "/" + name)
            }
        }
        let gone = known.values.filter { marks[$0.number] == nil }
        try database.apply(gone.map { .init(run: $0, facts: nil) })
        let changed = marks.filter { number, mark in
            known[number]?.mark != mark || known[number]?.notes != notes[number, default: 0]
        }.keys.sorted()
        if changed.count > 2 * Self.batch { note("reading \(changed.count) runs of \(name) for the index") }
        for start in stride(from: 0, to: changed.count, by: Self.batch) {
            let part = changed[start..<min(start + Self.batch, changed.count)]
            try database.apply(part.compactMap { update(folder.appending(path: String($0))) })
        }
        try mark(name, modified)
    }

    /// Runs that were not sealed, or not sound, may be by now.
    private func lookAgain() throws {
        let changed = try database.unsettled().compactMap { run -> IndexDatabase.Update? in
            let folder = workspace.folder(run.experiment, run.number)
            let isSame = FolderScan.signature(folder) == run.signature
            let state = RunState.of(folder)
            if isSame, state.rawValue == run.state || (state == .sealed && run.state == RunField.damaged) { return nil }
            return update(folder) ?? .init(run: run, facts: nil)
        }
        try database.apply(changed)
    }

    private func update(_ folder: URL) -> IndexDatabase.Update? {
        // Taken before the content is read: what changes in between is found the next time.
        let signature = FolderScan.signature(folder)
        let marks = (FolderScan.mark(folder.path), FolderScan.mark(RunNotes.file(besides: folder).path))
        guard let (experiment, number) = Self.place(folder), FileManager.default.fileExists(atPath: folder.path),
            let facts = RunFacts(folder: folder)
        else { return nil }
        let state = facts["state"].text ?? ""
        return .init(
            run: IndexedRun(
                experiment: experiment, number: number, mark: marks.0, notes: marks.1,
                signature: signature, state: state, isSettled: state == RunState.sealed.rawValue),
            facts: facts)
    }

    private static func place(_ folder: URL) -> (String, Int)? {
        guard let number = Int(folder.lastPathComponent), number > 0 else { return nil }
        return (Workspace.experimentName(ofFolder: folder.deletingLastPathComponent().lastPathComponent), number)
    }
}
