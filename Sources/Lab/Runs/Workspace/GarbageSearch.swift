import Foundation

/// The course of a search for what can be deleted.
struct GarbageSearch {
    let workspace: Workspace
    let age: Double
    let now: Date
    /// The ids that some run names as parent.
    var parents: Set<String> = []
    var items: [Garbage.Item] = []
    var kept: [Garbage.Kept] = []

    init(workspace: Workspace, age: Double, now: Date) {
        self.workspace = workspace
        self.age = age
        self.now = now
    }

    /// Judges one run of an answer.
    mutating func look(_ runs: RunSelection, _ row: Int, isAskedFor: Bool) throws {
        let reference = runs.reference(row)
        let folder = workspace.folder(runs.experiment(row), runs.number(row))
        if let reason = try whyKept(runs, row, folder, isAskedFor) {
            if isAskedFor { kept.append(.init(run: reference, reason: reason)) }
            return
        }
        let state = RunState.of(folder)
        switch state {
        case .sealed:
            items.append(item(.sealed, folder, reference, "sealed, and no run reads it"))
        case .interrupted, .failed:
            let reason = "\(state.rawValue), no sign of life for \(Self.text(seconds: silence(of: folder)))"
            items.append(item(state == .failed ? .failed : .interrupted, folder, reference, reason))
        case .running: break
        }
    }

    private func whyKept(_ runs: RunSelection, _ row: Int, _ folder: URL, _ isAskedFor: Bool) throws -> String? {
        // The folder is asked, not the index: tags and locks may have come since.
        let state = RunState.of(folder)
        if state == .running { return "it is running" }
        if let id = runs[row, "id"].text, parents.contains(id) { return "another run reads it" }
        let tags = try RunNotes.read(besides: folder).tags
        if !tags.isEmpty { return "it is tagged \(tags.joined(separator: ", "))" }
        if state == .sealed { return isAskedFor ? nil : "it is sealed" }
        let silence = silence(of: folder)
        return silence < age ? "it gave its last sign of life \(Self.text(seconds: silence)) ago" : nil
    }

    private func silence(of folder: URL) -> Double {
        let made = (try? FileManager.default.attributesOfItem(atPath: folder.path))?[.modificationDate] as? Date
        return now.timeIntervalSince(RunState.lastSign(of: folder) ?? made ?? now)
    }

    /// What killed processes left: beside the runs, and inside those that nobody writes.
    mutating func lookForLeftovers() throws {
        for experiment in try FolderScan.names(workspace.runs.path).sorted() {
            let parent = workspace.runs.appending(path: experiment)
            let names = try FolderScan.names(parent.path).sorted()
            for name in names { lookBeside(parent.appending(path: name), Set(names)) }
            let marked = Set(items.map(\.place.path))
            for name in names where Int(name) != nil {
                let folder = parent.appending(path: name)
                if !marked.contains(folder.path) { try lookInside(folder) }
            }
        }
    }

    private mutating func lookBeside(_ place: URL, _ names: Set<String>) {
        let name = place.lastPathComponent
        if name.hasPrefix(Garbage.trashPrefix) {
            items.append(item(.trash, place, nil, "an earlier deletion was stopped"))
        } else if name.hasPrefix("."), name.hasSuffix(".partial"), isOld(place) {
            items.append(item(.leftover, place, nil, "half written"))
        } else if name.hasSuffix(RunNotes.suffix), Int(name.dropLast(RunNotes.suffix.count)) != nil,
            !names.contains(String(name.dropLast(RunNotes.suffix.count)))
        {
            items.append(item(.notes, place, nil, "their run is gone"))
        }
    }

    private mutating func lookInside(_ folder: URL) throws {
        let state = RunState.of(folder)
        guard state != .running else { return }
        let reference = SealFile.reference(folder)
        for name in try FolderScan.names(folder.path).sorted() {
            let place = folder.appending(path: name)
            if name == RunFiles.partial || (name.hasPrefix(".") && name.hasSuffix(".partial")), isOld(place) {
                items.append(item(.leftover, place, reference, "half written"))
            } else if name == RunFiles.checkpoints, state == .sealed {
                items.append(item(.checkpoints, place, reference, "its run is sealed"))
            }
        }
    }

    private func isOld(_ place: URL) -> Bool {
        let time = (try? FileManager.default.attributesOfItem(atPath: place.path))?[.modificationDate] as? Date
        return now.timeIntervalSince(time ?? now) > Garbage.young
    }

    private func item(_ kind: Garbage.Kind, _ place: URL, _ run: String?, _ reason: String) -> Garbage.Item {
        .init(kind: kind, place: place, run: run, bytes: Self.bytes(place), reason: reason)
    }

    /// The size of a file, or of all files in a folder.
    static func bytes(_ place: URL) -> Int {
        let files = FileManager.default
        var total = 0
        for path in [""] + ((try? files.subpathsOfDirectory(atPath: place.path)) ?? []) {
            var info = stat()
            let full = path.isEmpty ? place.path : place.path + "/" + path
            if lstat(full, &info) == 0, info.st_mode & S_IFMT == S_IFREG { total += Int(info.st_size) }
        }
        return total
    }

    static func text(seconds: Double) -> String {
        if seconds < 2 * 3600 { return "\(Int(seconds / 60)) minutes" }
        return seconds < 2 * 86_400 ? "\(Int(seconds / 3600)) hours" : "\(Int(seconds / 86_400)) days"
    }
}
