import LabDomain

/// A post as models read it, with what was found in it and the way back to the raw text.
public struct NormalisedText: Hashable, Sendable {
    /// What was found at a place of the post.
    public struct Finding: Hashable, Sendable {
        public enum Kind: String, Codable, CaseIterable, Sendable {
            case user, address, number, hashtag, emoji, emoticon, slang, repeated
        }

        public let kind: Kind
        /// In the raw text, as offsets in UTF-8.
        public let source: Range<Int>
        /// What it became, such as a hashtag's words or an emoji's name; the text itself where it stayed.
        public let words: String
    }

    /// As it came.
    public let raw: String
    public let text: String
    /// In the order of their places.
    public let findings: [Finding]
    /// What was said about images and films of the post, normalised in the same way.
    public var media: [NormalisedText] = []
    /// From the raw text to `text`, one for each rewriting.
    let maps: [TextMap]

    /// The text, followed by a sentence for each description; see `PostText.textWithMedia`.
    public var textWithMedia: String {
        PostText(text, mediaDescriptions: media.map(\.text)).textWithMedia
    }

    public func findings(of kind: Finding.Kind) -> [Finding] { findings.filter { $0.kind == kind } }

    /// The part of the raw text that a part of `text` was made of, both as offsets in UTF-8.
    ///
    /// What was rewritten counts as a whole: any word of an emoji's name leads back to the emoji. What lies outside of the text
    /// counts as its end.
    public func rawRange(of range: Range<Int>) -> Range<Int> {
        let whole = 0..<text.utf8.count
        var result = range.clamped(to: whole)
        for map in maps.reversed() { result = map.source(of: result) }
        return result.clamped(to: 0..<raw.utf8.count)
    }

    /// The raw characters of a part of `text` given in UTF-8 offsets, whole characters of Unicode scalars.
    public func rawText(of range: Range<Int>) -> String {
        let range = rawRange(of: range)
        let bytes = raw.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
        return String(decoding: bytes[start..<bytes.index(start, offsetBy: range.count)], as: UTF8.self)
    }
}
