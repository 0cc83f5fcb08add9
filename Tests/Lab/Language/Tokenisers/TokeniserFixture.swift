import Foundation
import LabTestKit

@testable import LabLanguage

/// The small tokenisers trained for the project, and what the reference implementations make of hard texts.
enum TokeniserFixture {
    static let names = [
        "wordpiece-uncased", "wordpiece-cased", "byte-level", "unigram", "unigram-bytes", "unigram-raw",
        "unigram-suffix", "unigram-rules",
        "bpe", "bpe-bytes", "bpe-unused", "xlm-roberta", "unigram-first",
    ]

    static func folder(_ name: String) -> URL { Fixture.file("Language/Tokenisers/\(name)") }

    static func texts() throws -> [String] { try Fixture.json("Language/Tokenisers/texts.json") }

    static func ids(_ name: String) throws -> [[Int32]] { try Fixture.json("Language/Tokenisers/\(name)/ids.json") }

    /// A copy of the folder in which one file has other bytes.
    static func spoiled(_ name: String, _ file: String, _ change: (inout [UInt8]) -> Void) throws -> URL {
        let copy = FileManager.default.temporaryDirectory.appending(path: "tokeniser-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: folder(name), to: copy)
        var bytes = [UInt8](try Data(contentsOf: copy.appending(path: file)))
        change(&bytes)
        try Data(bytes).write(to: copy.appending(path: file))
        return copy
    }
}
