import Foundation
import LabDomain
import LabLanguage
import LabStorage

/// A post to read.
struct PostLine: Equatable {
    let said: PostText
    /// ISO 639-1, where it is stated.
    var language: String?

    init(_ said: PostText, language: String? = nil) {
        self.said = said
        self.language = language
    }
}

/// Posts of a file, one a line: the text itself, or in a file of JSON Lines an object with more.
enum PostLines {
    /// - Throws: `LanguageError.badTextFile` for an empty or binary file and for what is not UTF-8, `StorageError` for a missing
    ///   one, and for a line that is no post in JSON.
    static func read(_ path: String) throws -> [PostLine] {
        if path == "-" {
            let lines = try TextFile.lines(FileHandle.standardInput.readDataToEndOfFile(), name: "standard input")
            return lines.map { PostLine(PostText($0)) }
        }
        let file = URL(filePath: path)
        switch file.pathExtension.lowercased() {
        case "jsonl", "ndjson": return try objects(file)
        default: return try TextFile.lines(file).map { PostLine(PostText($0)) }
        }
    }

    private static func objects(_ file: URL) throws -> [PostLine] {
        let reader = try JSONLinesReader(file)
        var lines: [PostLine] = []
        while let line = try reader.next(PostLine.self) { lines.append(line) }
        guard !lines.isEmpty else {
            throw LanguageError.badTextFile(file: file.lastPathComponent, line: 1, reason: "the file is empty")
        }
        return lines
    }
}

extension PostLine: Decodable {
    private enum Key: String, CodingKey, CaseIterable {
        case text, language
        case media, alt, captions
        case altText = "alt_text"
    }

    /// Reads an object with `text`, `language` and, under any of `media`, `alt`, `alt_text` and `captions`, what is said about its
    /// images and films; it must have a text or one of these.
    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        let media = try [Key.media, .alt, .altText, .captions].flatMap { key in
            try object.decodeIfPresent(MediaDescriptions.self, forKey: key)?.texts ?? []
        }
        guard let text = try object.decodeIfPresent(String.self, forKey: .text) ?? (media.isEmpty ? nil : "") else {
            throw DecodingError.keyNotFound(
                Key.text, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no text"))
        }
        self.init(
            PostText(text, mediaDescriptions: media),
            language: try object.decodeIfPresent(String.self, forKey: .language).flatMap(Self.code))
    }

    /// The language of a BCP 47 tag; `nil` for longer codes, among which are those that say that nobody knows.
    private static func code(_ tag: String) -> String? {
        let language = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        return language.utf8.count == 2 && language.utf8.allSatisfy { (0x61...0x7A).contains($0) } ? language : nil
    }
}
