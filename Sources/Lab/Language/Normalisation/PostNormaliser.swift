/// Brings a post into the form that a model reads, and keeps the way back.
///
/// Users become `@user` and addresses `http`, as in TweetEval (Barbieri et al., Findings of EMNLP 2020). Normalising twice
/// changes nothing, so data that was normalised by others may pass. It never fails; the empty text gives the empty text.
public struct PostNormaliser: Sendable {
    public let settings: NormalisationSettings
    private let emoji: [String: EmojiNames]
    private let hashtags: HashtagSplitter?
    private let bytes: ByteClasses
    /// A post is read again as long as that changes it, but not more often than this.
    private static let mostPasses = 6

    /// - Parameters:
    ///   - emoji: names in the languages that posts are in; English ones serve the others. Without any, emoji stay.
    ///   - hashtags: splits hashtags in one case; without it they are cut at capitals, digits and underscores alone.
    public init(
        _ settings: NormalisationSettings = .encoder, emoji: [EmojiNames] = [], hashtags: HashtagSplitter? = nil
    ) {
        self.settings = settings
        self.emoji = Dictionary(emoji.map { ($0.language, $0) }, uniquingKeysWith: { $1 })
        self.hashtags = hashtags
        bytes = ByteClasses(settings)
    }

    /// - Parameters:
    ///   - text: raw or normalised; any string.
    ///   - language: ISO 639-1 code of the post's language, for the names of emoji.
    public func normalise(_ text: String, language: String? = nil) -> NormalisedText {
        let names = settings.namesEmoji ? language.flatMap { emoji[$0] } ?? emoji["en"] : nil
        let passes = (
            CharacterPass(settings: settings),
            TokenPass(settings: settings, emoji: names, splitter: hashtags, bytes: bytes)
        )
        if settings == .none { return NormalisedText(raw: text, text: text, findings: [], maps: []) }
        var maps: [TextMap] = []
        var findings: [NormalisedText.Finding] = []
        var current = text
        current.makeContiguousUTF8()
        for pass in 0..<PostNormaliser.mostPasses {
            var mustRepeat = false
            if let next = apply(current, &maps, &findings, &mustRepeat, isFirst: pass == 0, passes.0.run) {
                current = next
            }
            if let next = apply(current, &maps, &findings, &mustRepeat, isFirst: pass == 0, passes.1.run) {
                current = next
            }
            if !mustRepeat { break }
        }
        findings.sort { ($0.source.lowerBound, $0.source.upperBound) < ($1.source.lowerBound, $1.source.upperBound) }
        return NormalisedText(raw: text, text: current, findings: findings, maps: maps)
    }

    /// The same, with what is said about the post's images and films (alternative texts, captions) read as text of it.
    public func normalise(_ text: String, language: String? = nil, mediaDescriptions: [String]) -> NormalisedText {
        var result = normalise(text, language: language)
        result.media = mediaDescriptions.map { normalise($0, language: language) }
        return result
    }

    /// One pass; `nil` where it changed nothing.
    private func apply(
        _ text: String, _ maps: inout [TextMap], _ findings: inout [NormalisedText.Finding], _ mustRepeat: inout Bool,
        isFirst: Bool, _ pass: (inout Rewriting) -> Void
    ) -> String? {
        var text = text
        return text.withUTF8 { bytes -> String? in
            var rewriting = Rewriting(bytes)
            pass(&rewriting)
            for finding in rewriting.findings {
                // Masks are found anew in each pass.
                let isNew = isFirst || !bytes[finding.source].elementsEqual(finding.words.utf8)
                var source = finding.source
                for map in maps.reversed() { source = map.source(of: source) }
                let found = NormalisedText.Finding(kind: finding.kind, source: source, words: finding.words)
                if isNew, isFirst || !findings.contains(found) { findings.append(found) }
            }
            guard !rewriting.isUnchanged else { return nil }
            mustRepeat = mustRepeat || rewriting.mustRepeat
            let result = rewriting.finish()
            maps.append(rewriting.map)
            return String(decoding: result, as: UTF8.self)
        }
    }
}
