import Foundation
import LabStorage
import LabTestKit
import Testing

@testable import LabLanguage

/// Every line of the staged corpora with the real vocabularies, where both are at hand: the mirror of datasets
/// (`LAB_MIRROR`) and the pulled weights (`LAB_DATA`).
@Suite("Tokenisers give the reference's ids on whole corpora")
struct TokeniserCorpusTests {
    private static let mirror = ProcessInfo.processInfo.environment["LAB_MIRROR"].map { URL(filePath: $0) }
    private static let data =
        ProcessInfo.processInfo.environment["LAB_DATA"].map { URL(filePath: $0) }
        ?? Checkout.root.appending(path: ".lab/data")

    private static func isHere(_ name: String, _ file: String) -> Bool {
        mirror != nil && FileManager.default.fileExists(atPath: data.appending(path: "\(name)/\(file)").path)
    }

    /// Compares with the SHA-256 digest of all ids of a file, line by line, as little-endian 32-bit numbers.
    private func check(_ name: String) throws {
        let expected = try Fixture.json("Language/Tokenisers/corpora.json", as: [String: [String: String]].self)
        let tokeniser = try Tokeniser.load(folder: Self.data.appending(path: name))
        let mirror = try #require(Self.mirror)
        var compared = 0
        for (file, digest) in try #require(expected[name]).sorted(by: { $0.key < $1.key }) {
            guard let bytes = try? Data(contentsOf: mirror.appending(path: file)) else { continue }
            var ids: [Int32] = []
            for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
                ids += tokeniser.encode(String(decoding: line, as: UTF8.self))
            }
            let words = ids.map(\.littleEndian).withUnsafeBytes { Data($0) }
            #expect(Digest.sha256(words) == digest, "\(name) \(file)")
            compared += 1
        }
        #expect(compared > 0)
    }

    @Test(
        "MiniLM's WordPiece",
        .enabled(if: isHere("minilm-l6", "tokenizer.json"), "labctl data pull minilm-l6, and LAB_MIRROR"))
    func wordPiece() throws { try check("minilm-l6") }

    @Test(
        "USE-m3's SentencePiece", .enabled(if: isHere("use-m3", "sp.model"), "labctl data pull use-m3, and LAB_MIRROR"))
    func sentencePiece() throws { try check("use-m3") }
}
