public import Foundation
import LabStorage

/// A text file of which each line is one text.
public enum TextFile {
    /// The lines, which end with line feeds only: a text may hold any other separator that Unicode knows.
    ///
    /// A byte order mark at the start is left out.
    /// - Throws: `StorageError.noSuchObject` with the nearest name where the file is missing, `StorageError.notFound` where its
    ///   folder is; `LanguageError.badTextFile` for an empty file, a zero byte (a binary file) or what is not UTF-8.
    public static func lines(_ url: URL) throws -> [String] {
        try lines(contents(url), name: url.lastPathComponent)
    }

    /// The lines of a file's contents, under the name that errors give it.
    ///
    /// - Throws: `LanguageError.badTextFile`.
    public static func lines(_ data: Data, name: String) throws -> [String] {
        guard !data.isEmpty else { throw LanguageError.badTextFile(file: name, line: 1, reason: "the file is empty") }
        var lines: [String] = []
        try data.withUnsafeBytes { bytes in
            var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 10 { end += 1 }
                let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                if line.contains(0) {
                    throw LanguageError.badTextFile(
                        file: name, line: lines.count + 1, reason: "it has a zero byte: the file is binary")
                }
                guard let text = String(validating: line, as: UTF8.self) else {
                    throw LanguageError.badTextFile(
                        file: name, line: lines.count + 1, reason: "it is not valid UTF-8")
                }
                lines.append(text)
                start = end + 1
            }
        }
        return lines
    }

    /// The bytes of a file.
    static func contents(_ url: URL) throws -> Data {
        do {
            return try Data(contentsOf: url, options: .mappedIfSafe)
        } catch {
            throw missing(url) ?? StorageError.cannotRead(path: url.path, reason: error.localizedDescription)
        }
    }

    /// What is wrong where there is no file at `url`; `nil` where there is one.
    static func missing(_ url: URL) -> StorageError? {
        guard !FileManager.default.fileExists(atPath: url.path) else { return nil }
        let folder = url.deletingLastPathComponent()
        guard let present = try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() else {
            return .notFound(path: folder.path)
        }
        let name = url.lastPathComponent
        return .noSuchObject(file: folder.path, name: name, nearest: NearestName.of(name, among: present))
    }
}
