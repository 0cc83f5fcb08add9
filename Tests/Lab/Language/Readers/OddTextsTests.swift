import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

/// Whatever stands in a text, a reader gives finite probabilities that add up to 1.
@Suite("Odd texts")
struct OddTextsTests {
    static let texts: [String] = [
        "", " ", "\n\t\r", String(repeating: "noise ", count: 17_000), String(repeating: "x", count: 100_000),
        String(repeating: "👩‍👩‍👧‍👦", count: 4_000), "😂", "😂😂😂 🙂", "\u{0}\u{1}\u{2}\u{7F}\u{80}\u{9F}",
        "\u{FEFF}\u{200B}\u{200D}\u{2060}",
        "\u{202E}loud\u{202C} \u{2066}x\u{2069}", String(decoding: (0...255).map { UInt8($0) }, as: UTF8.self),
        "a" + String(repeating: "\u{301}", count: 5_000), "\u{10FFFF}\u{E000}\u{FFFD}\u{FFFF}", "ﷺ ﬀ Ǆ İ ß", "#", "@",
        "@@@@ #### ://", "http://", "&amp;&#0;&#x110000;&lt", "[CLS] [SEP] [PAD] [MASK]", "123456789", "مرحبا 你好 नमस्ते",
    ]

    @Test("Every part reads every text, alone and among the others alike")
    func everyPart() throws {
        try SmallReader.with { small, _ in
            let reader = try small.reader()
            for part in reader.parts {
                let logits = try part.logits(Self.texts)
                #expect(logits.rows == Self.texts.count && logits.elements.allSatisfy(\.isFinite), "\(part.partKind)")
            }
            let found = try reader.probabilities(Self.texts)
            for (row, text) in Self.texts.enumerated() {
                let values = found.row(row)
                #expect(values.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 }, "\(text.prefix(20))")
                #expect(abs(values.reduce(0, +) - 1) < 1e-5, "\(text.prefix(20))")
            }
            for row in [0, 3, 6, 11] {
                let alone = try reader.probabilities([Self.texts[row]])
                #expect(zip(alone.elements, found.row(row)).allSatisfy { abs($0 - $1) < 1e-5 })
            }
            #expect(try reader.read(Self.texts).count == Self.texts.count)
        }
    }

    @Test("Random scalars are read as well")
    func fuzz() throws {
        try SmallReader.with { small, _ in
            let reader = try small.reader()
            var draws = RandomStream(seed: 5, name: "scalars")
            let texts = (0..<400).map { _ in
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0...40, using: &draws) {
                    let top: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF].randomElement(using: &draws) ?? 0x7F
                    if let scalar = Unicode.Scalar(UInt32.random(in: 0...top, using: &draws)) { text.append(scalar) }
                }
                return String(text)
            }
            let found = try reader.probabilities(texts)
            #expect((0..<texts.count).allSatisfy { abs(found.row($0).reduce(0, +) - 1) < 1e-5 })
        }
    }
}
