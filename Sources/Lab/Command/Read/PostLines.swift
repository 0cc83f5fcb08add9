import Foundation
import LabLanguage

/// Posts of a file, one a line.
enum PostLines {
    /// - Throws: `LanguageError.badTextFile` for an empty or binary file and for what is not UTF-8, `StorageError` for a missing
    ///   one.
    static func read(_ path: String) throws -> [String] {
        guard path == "-" else { return try TextFile.lines(URL(filePath: path)) }
        return try TextFile.lines(FileHandle.standardInput.readDataToEndOfFile(), name: "standard input")
    }
}
