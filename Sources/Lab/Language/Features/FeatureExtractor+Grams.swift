extension FeatureExtractor {
    func wordGrams(_ tokens: [Token]) -> [UInt64] {
        guard recipe.wordGrams > 0 else { return [] }
        var hashes: [UInt64] = []
        hashes.reserveCapacity(tokens.count * (recipe.wordGrams + 1))
        for first in tokens.indices {
            var hash = FeatureHash("word")
            for index in first..<min(first + recipe.wordGrams, tokens.count) {
                hash.add(tokens[index].text)
                hash.add(byte: 0x1F)
                hashes.append(hash.finished)
            }
            if tokens[first].isNegated {
                var negated = FeatureHash("negated")
                negated.add(tokens[first].text)
                hashes.append(negated.finished)
            }
            if tokens[first].kind == .hashtag {
                // A tag is also the word that it is made of.
                var word = FeatureHash("word")
                word.add(String(tokens[first].text.dropFirst()))
                word.add(byte: 0x1F)
                hashes.append(word.finished)
            }
        }
        return hashes
    }

    /// Runs of scalars over the tokens joined by single spaces, with a space at each end.
    func characterGrams(_ tokens: [Token]) -> [UInt64] {
        guard recipe.longestCharacterGram > 0, !tokens.isEmpty else { return [] }
        var bytes: [UInt8] = [0x20]
        for token in tokens where token.kind != .mention && token.kind != .address {
            bytes.append(contentsOf: token.text.utf8)
            bytes.append(0x20)
        }
        var starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
        starts.append(bytes.count)
        let lengths = recipe.shortestCharacterGram...recipe.longestCharacterGram
        var hashes: [UInt64] = []
        hashes.reserveCapacity(starts.count * lengths.count)
        for first in 0..<(starts.count - 1) {
            var hash = FeatureHash("characters")
            for length in 1...recipe.longestCharacterGram where first + length < starts.count {
                for index in starts[first + length - 1]..<starts[first + length] { hash.add(byte: bytes[index]) }
                if length >= recipe.shortestCharacterGram { hashes.append(hash.finished) }
            }
        }
        return hashes
    }

    /// How it is written: shouting, elongation, exclamation, questions, tags, masks.
    func shape(_ tokens: [Token]) -> [UInt64] {
        var hashes: [UInt64] = []
        func note(_ name: String, _ count: Int) {
            guard count > 0 else { return }
            var hash = FeatureHash("shape")
            hash.add(name)
            hashes.append(hash.finished)
            hash.add(byte: UInt8(min(count, 3)))
            hashes.append(hash.finished)
        }
        note("shouted", tokens.count { $0.isShouted })
        note("elongated", tokens.count { $0.isElongated })
        note("exclamation", tokens.count { $0.kind == .punctuation && $0.text.hasPrefix("!") })
        note("question", tokens.count { $0.kind == .punctuation && $0.text.hasPrefix("?") })
        note("negated", tokens.count { $0.isNegated })
        note("emoji", tokens.count { $0.kind == .emoji })
        note("hashtag", tokens.count { $0.kind == .hashtag })
        note("address", tokens.count { $0.kind == .address })
        return hashes
    }

    /// The lexicon's opinion in the reserved columns; each lies in -1…1.
    func lexiconFeatures(_ score: VaderScore) -> [(column: Int32, value: Float)] {
        let values = [
            score.compound, abs(score.compound), score.positive, score.negative, score.compound > 0.05 ? 1 : 0,
            score.compound < -0.05 ? 1 : 0, score.compound == 0 ? 1 : 0,
        ]
        return values.enumerated().map { (Int32($0.offset), Float($0.element)) }
    }
}

/// FNV-1a with the finishing step of MurmurHash3: the same feature gets the same column on every machine.
struct FeatureHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ family: StaticString) {
        for index in 0..<family.utf8CodeUnitCount { add(byte: family.utf8Start[index]) }
        add(byte: 0)
    }

    @inline(__always)
    mutating func add(byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte: byte) }
    }

    var finished: UInt64 {
        var hash = state
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }
}
