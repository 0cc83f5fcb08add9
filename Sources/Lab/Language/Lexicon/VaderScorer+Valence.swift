extension VaderScorer {
    /// The valence of the word at `index` after capitals, modifiers, negation and idioms; 0 for a word without one.
    func valence(at index: Int, in words: VaderWords) -> Double {
        let lower = words.lower
        let word = lower[index]
        if VaderVocabulary.modifiers[word] != nil { return 0 }
        if word == "kind", index + 1 < lower.count, lower[index + 1] == "of" { return 0 }
        guard var valence = lexicon.valence[word] else { return 0 }

        // "no" is a word with a valence of its own unless it negates a neighbour that has one.
        if word == "no", index + 1 < lower.count, lexicon.valence[lower[index + 1]] != nil { valence = 0 }
        if isNegatedByNo(index, lower) { valence = (lexicon.valence[word] ?? 0) * Constant.negation }
        if words.isCapital[index], words.capitalsMatter {
            valence += valence > 0 ? Constant.capitals : -Constant.capitals
        }
        for distance in 0..<3 where index > distance && lexicon.valence[lower[index - distance - 1]] == nil {
            valence += modification(by: index - distance - 1, of: valence, in: words) * Constant.distance[distance]
            valence = negated(valence, at: index, distance: distance, lower)
            if distance == 2 { valence = idiom(around: index, lower) ?? valence + phraseModifier(before: index, lower) }
        }
        return isLeast(index, lower) ? valence * Constant.negation : valence
    }

    private func isNegatedByNo(_ index: Int, _ words: [String]) -> Bool {
        if index > 0, words[index - 1] == "no" { return true }
        if index > 1, words[index - 2] == "no" { return true }
        return index > 2 && words[index - 3] == "no" && ["or", "nor"].contains(words[index - 1])
    }

    /// What a degree modifier adds to a valence, away from 0 for `very`, towards 0 for `slightly`.
    private func modification(by modifier: Int, of valence: Double, in words: VaderWords) -> Double {
        guard let strength = VaderVocabulary.modifiers[words.lower[modifier]] else { return 0 }
        var change = valence < 0 ? -strength : strength
        if words.isCapital[modifier], words.capitalsMatter {
            change += valence > 0 ? Constant.capitals : -Constant.capitals
        }
        return change
    }

    /// Negation by the word `distance` + 1 before; `never so` and `never this` strengthen, `without doubt` does nothing.
    private func negated(_ valence: Double, at index: Int, distance: Int, _ words: [String]) -> Double {
        let negation = words[index - distance - 1]
        let between = words[(index - distance)..<index]
        if distance > 0 {
            if negation == "never", between.contains(where: { $0 == "so" || $0 == "this" }) { return valence * 1.25 }
            if negation == "without", between.contains("doubt") { return valence }
        }
        return VaderVocabulary.isNegation(negation) ? valence * Constant.negation : valence
    }

    /// The valence of a fixed phrase that the word belongs to.
    private func idiom(around index: Int, _ words: [String]) -> Double? {
        let ranges = [
            index - 1...index, index - 2...index, index - 2...index - 1, index - 3...index - 1, index - 3...index - 2,
        ]
        var found: Double?
        for range in ranges {
            found = VaderVocabulary.idioms[words[range].joined(separator: " ")]
            if found != nil { break }
        }
        for length in 2...3 where index + length <= words.count {
            found = VaderVocabulary.idioms[words[index..<index + length].joined(separator: " ")] ?? found
        }
        return found
    }

    /// What modifiers of two words, such as `kind of`, add to the word after them.
    private func phraseModifier(before index: Int, _ words: [String]) -> Double {
        [index - 3...index - 1, index - 3...index - 2, index - 2...index - 1]
            .reduce(0) { $0 + (VaderVocabulary.phraseModifiers[words[$1].joined(separator: " ")] ?? 0) }
    }

    /// `least` before a word turns it, except in `at least` and `very least`.
    private func isLeast(_ index: Int, _ words: [String]) -> Bool {
        guard index > 0, words[index - 1] == "least", lexicon.valence["least"] == nil else { return false }
        return index < 2 || !["at", "very"].contains(words[index - 2])
    }
}
