import Foundation
import LabStorage

/// Tags and notes of a run: in a file beside its folder, outside the seal. `runs/policy.dqn/3` has `3.notes.json`.
public struct RunNotes: Codable, Sendable, Equatable {
    public static let currentFormat = 1

    /// One sentence or more, with the time of writing.
    public struct Note: Codable, Sendable, Equatable {
        /// UTC, in whole seconds.
        public var time: Date
        public var text: String
    }

    public var format = RunNotes.currentFormat
    /// Sorted, each once.
    public var tags: [String]
    /// In the order of writing.
    public var notes: [Note]

    public init(tags: [String] = [], notes: [Note] = []) {
        self.tags = tags
        self.notes = notes
    }

    static let suffix = ".notes.json"

    /// Where the notes of a run's folder lie.
    public static func file(besides folder: URL) -> URL {
        folder.deletingLastPathComponent().appending(path: folder.lastPathComponent + suffix)
    }

    /// The notes of a run; empty where there are none.
    ///
    /// Errors: `RunsError.unreadableNotes` where the file is not what this writes; `RunsError.unsupportedFormat`.
    public static func read(besides folder: URL) throws -> RunNotes {
        let file = file(besides: folder)
        guard FileManager.default.fileExists(atPath: file.path) else { return RunNotes() }
        let data = try RunsError.reading(file.path) { try Data(contentsOf: file) }
        guard let notes = try? CanonicalJSON.decode(RunNotes.self, from: data) else {
            throw RunsError.unreadableNotes(file: file.path)
        }
        guard notes.format <= currentFormat else {
            throw RunsError.unsupportedFormat(file: file.path, found: notes.format, supported: currentFormat)
        }
        return notes
    }

    /// Changes the notes of a run under a lock, so that two processes lose nothing; removes the file when nothing is left.
    ///
    /// - Returns: what stands there now.
    @discardableResult
    public static func change(besides folder: URL, _ change: (inout RunNotes) throws -> Void) throws -> RunNotes {
        let file = file(besides: folder)
        // The folder of the experiment is what is locked: a lock file would be left behind.
        let place = folder.deletingLastPathComponent().path
        let descriptor = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RunsError.system(errno, writing: file.path) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw RunsError.locked(run: folder.path) }
        var notes = try read(besides: folder)
        let before = notes
        try change(&notes)
        notes.tags = Set(notes.tags).sorted()
        guard notes != before else { return notes }
        if notes.tags.isEmpty, notes.notes.isEmpty {
            try RunsError.writing(file.path) { try FileManager.default.removeItem(at: file) }
        } else {
            try RunsError.writing(file.path) { try AtomicFile.write(CanonicalJSON.encodePretty(notes), to: file) }
        }
        return notes
    }

    /// Writes a note behind the others; returns what stands there now.
    public static func add(_ text: String, besides folder: URL, at time: Date) throws -> RunNotes {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let second = Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down))
        return try change(besides: folder) { $0.notes.append(Note(time: second, text: line)) }
    }

    /// Throws `RunsError.badTag` unless the text can be a tag: letters, digits and `. _ - / : +`, at most 100.
    public static func check(tag: String) throws {
        let isWord = tag.allSatisfy { $0.isLetter || $0.isNumber || "._-/:+".contains($0) }
        guard isWord, !tag.isEmpty, tag.count <= 100, !tag.hasPrefix("-") else { throw RunsError.badTag(tag) }
    }
}
