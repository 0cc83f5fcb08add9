import Foundation

/// A folder that is put together beside its target and then moved there in one piece, or part by part into what exists.
struct FolderDraft {
    let target: URL
    /// Where to write.
    let url: URL
    /// The parts in the order in which they are to appear, relative to the folder.
    private var parts: [String] = []
    private var added: Set<String> = []

    /// Makes an empty draft; the target's parent is made where it is missing.
    init(of target: URL) throws {
        self.target = target.standardizedFileURL
        let parent = self.target.deletingLastPathComponent()
        let name = ".\(self.target.lastPathComponent).\(UUID().uuidString).partial"
        url = parent.appending(path: name)
        let made = url
        try RunsError.writing(self.target.path) {
            try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
        }
    }

    /// Whether a part stands in the target already.
    func isPresent(_ part: String) -> Bool {
        FileManager.default.fileExists(atPath: target.appending(path: part).path)
    }

    /// Whether a part was added to this draft.
    func holds(_ part: String) -> Bool { added.contains(part) }

    /// Makes a part: a file or a folder that appears in the target as a whole, unless it stands there already.
    mutating func add(_ part: String, _ write: (URL) throws -> Void) throws {
        let place = url.appending(path: part)
        try RunsError.writing(target.appending(path: part).path) {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try write(place)
        }
        parts.append(part)
        added.insert(part)
    }

    /// Puts everything in place and removes the draft.
    func commit() throws {
        let files = FileManager.default
        try RunsError.writing(target.path) {
            if !files.fileExists(atPath: target.path) { return try files.moveItem(at: url, to: target) }
            for part in parts where !isPresent(part) {
                let place = target.appending(path: part)
                try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try files.moveItem(at: url.appending(path: part), to: place)
            }
        }
        discard()
    }

    /// Removes the draft.
    func discard() { try? FileManager.default.removeItem(at: url) }
}
