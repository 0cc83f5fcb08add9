import Foundation
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// Every scalar of Unicode, in the midst of a text, against digests of what `tokenizers` 0.23.3 make of it.
@Suite("Characters are classed as tokenizers class them")
struct UnicodeTests {
    private static let digests = Result {
        try Fixture.json("Language/Tokenisers/unicode.json", as: [String: String].self)
    }

    /// The digest of what `body` appends for each scalar.
    private func digest(_ body: (Unicode.Scalar, inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        for value in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            body(scalar, &bytes)
        }
        return Digest.sha256(Data(bytes))
    }

    private func normalised(_ settings: BertNormaliser.Settings, after: String) -> String {
        let normaliser = BertNormaliser(settings: settings)
        return digest { scalar, bytes in
            bytes += Array("a\(scalar)\(after)".utf8).withUTF8Bytes(normaliser.normalised)
            bytes.append(0x0A)
        }
    }

    @Test("Uncased normalisation")
    func uncased() throws {
        #expect(normalised(BertNormaliser.Settings(), after: "b") == (try Self.digests.get())["uncased"])
    }

    @Test("Cased normalisation")
    func cased() throws {
        #expect(normalised(BertNormaliser.Settings(lowercases: false), after: "b") == (try Self.digests.get())["cased"])
    }

    @Test("Accents alone, before a mark that has its place in the canonical order")
    func stripped() throws {
        let settings = BertNormaliser.Settings(
            cleansText: false, spacesIdeographs: false, stripsAccents: true, lowercases: false)
        #expect(normalised(settings, after: "\u{302E}") == (try Self.digests.get())["stripped"])
    }

    @Test("Words of BERT")
    func words() throws {
        let cutter = BertPreTokeniser()
        let digest = digest { scalar, bytes in
            var count: UInt8 = 0
            Array("a\(scalar)b".utf8).withUTF8Bytes { cutter.words(of: $0) { _ in count += 1 } }
            bytes.append(count)
        }
        #expect(digest == (try Self.digests.get())["words"])
    }

    @Test("Pieces of GPT-2")
    func pieces() throws {
        let splitter = GPT2Splitter()
        let digest = digest { scalar, bytes in
            for (before, after) in [("aa", "a"), ("11", "1"), ("!!", "!")] {
                var count: UInt8 = 0
                Array("\(before)\(scalar)\(after)".utf8).withUTF8Bytes { splitter.pieces(of: $0) { _ in count += 1 } }
                bytes.append(count)
            }
        }
        #expect(digest == (try Self.digests.get())["pieces"])
    }
}
