import Foundation

/// Cuts hashtags into words: at capitals, digits and underscores always, and inside a run of letters of one case where the
/// frequencies of words make it probable.
///
/// The words with the largest product of unigram probabilities, found by Viterbi's algorithm; a word of n letters that was
/// never seen counts as ten in (words seen · 10ⁿ) (Norvig 2009, *Natural Language Corpus Data*).
public struct HashtagSplitter: Codable, Sendable {
    /// How often each word was seen, lower case.
    public let counts: [String: Int]
    /// The logarithm of each word's probability, by its hash: no text is made of a piece to look it up.
    private let logarithms: [UInt64: Double]
    private let logarithmOfTotal: Double
    private static let longest = 24
    /// Shorter runs stay whole.
    private static let shortest = 4

    /// - Parameter counts: of words in lower case.
    public init(counts: [String: Int]) {
        self.counts = counts
        let total = log(Double(max(1, counts.values.reduce(0, +))))
        var logarithms: [UInt64: Double] = [:]
        for (word, count) in counts where count > 0 {
            logarithms[word.utf8.reduce(HashtagSplitter.basis, HashtagSplitter.step)] = log(Double(count)) - total
        }
        self.logarithms = logarithms
        logarithmOfTotal = total
    }

    private enum CodingKeys: String, CodingKey { case counts }

    public init(from decoder: any Decoder) throws {
        self.init(counts: try decoder.container(keyedBy: CodingKeys.self).decode([String: Int].self, forKey: .counts))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(counts, forKey: .counts)
    }

    /// FNV-1a of 64 bits.
    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    @inline(__always)
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Counts the words of texts, such as a training corpus; words seen fewer than `least` times are left out, as are single
    /// letters but `a`, `i`, `o`, `u`.
    public init(learning texts: some Sequence<String>, least: Int = 2) {
        var counts: [String: Int] = [:]
        for text in texts {
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
                if word.count > 1 || "aiou".contains(word) { counts[String(word), default: 0] += 1 }
            }
        }
        self.init(counts: counts.filter { $0.value >= least })
    }

    static let withoutCounts = HashtagSplitter(counts: [:])

    /// The words of a hashtag without its `#`, in the case that they have there.
    public func words(_ tag: String) -> [String] {
        let parts = parts(Array(tag))
        // Whoever wrote capitals between small letters has cut the words already.
        let isCut =
            parts.filter { $0.allSatisfy(\.isLetter) }.count > 1 && tag.contains(where: \.isLowercase)
            && tag.contains(where: \.isUppercase)
        return parts.flatMap { part -> [String] in
            guard !counts.isEmpty, !isCut, part.count >= HashtagSplitter.shortest, part.allSatisfy(\.isLetter) else {
                return [String(part)]
            }
            return split(Array(part))
        }
    }

    /// Cut at underscores, between letters and digits, before a capital after a small letter, and before the last capital of a
    /// run that a small letter follows: `HTMLParser` is `HTML Parser`.
    private func parts(_ tag: [Character]) -> [ArraySlice<Character>] {
        var parts: [ArraySlice<Character>] = []
        var start = 0
        func cut(_ end: Int) {
            if end > start { parts.append(tag[start..<end]) }
            start = end
        }
        for index in tag.indices {
            if tag[index] == "_" {
                cut(index)
                start = index + 1
                continue
            }
            guard index > start else { continue }
            let (last, this) = (tag[index - 1], tag[index])
            let isCamel = last.isLowercase && this.isUppercase
            let isLastCapital =
                last.isUppercase && this.isUppercase && index + 1 < tag.count && tag[index + 1].isLowercase
            if isCamel || isLastCapital || last.isNumber != this.isNumber { cut(index) }
        }
        cut(tag.count)
        return parts
    }

    private func split(_ letters: [Character]) -> [String] {
        let lower = letters.map { Array(String($0).lowercased().utf8) }
        var best = [0.0] + [Double](repeating: -.infinity, count: letters.count)
        var starts = [Int](repeating: 0, count: letters.count + 1)
        for start in letters.indices {
            var hash = HashtagSplitter.basis
            for end in (start + 1)...min(letters.count, start + HashtagSplitter.longest) {
                for byte in lower[end - 1] { hash = HashtagSplitter.step(hash, byte) }
                let unknown = -logarithmOfTotal - Double(end - start - 1) * HashtagSplitter.logarithmOfTen
                let candidate = best[start] + (logarithms[hash] ?? unknown)
                // Of equals the one that ends with the longer word, which comes first.
                if candidate > best[end] { (best[end], starts[end]) = (candidate, start) }
            }
        }
        var words: [String] = []
        var end = letters.count
        while end > 0 {
            words.append(String(letters[starts[end]..<end]))
            end = starts[end]
        }
        return words.reversed()
    }

    private static let logarithmOfTen = log(10.0)
}
