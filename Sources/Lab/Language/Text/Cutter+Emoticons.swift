extension Cutter {
    private static let eyes = Set(":;=8".unicodeScalars)
    private static let noses = Set("-^'o*~".unicodeScalars)
    private static let mouths = Set(")](}{[DdPpOo0/\\|3*@$cCxX><Ss".unicodeScalars)
    /// Emoticons that are not eyes, nose and mouth; the longest first.
    private static let whole = [
        "</3", "<3", "^_^", "^.^", "-_-", "-.-", ">_<", ">.<", "o_o", "o_O", "O_o", "O_O", "t_t", "T_T", ";_;", "u_u",
        "xD",
        "XD", "xd", "x-D", "D:", "=^_^=", "\\o/", "(:", "(;", "(=", "):", "(-:", ")-:",
    ].sorted { ($1.count, $0) < ($0.count, $1) }

    /// The emoticon that begins at `start`, without nose and tear, and where it ends.
    ///
    /// Letters and digits must not touch it on their side: `:D` in `re:Done` and `8)` in `18)` are none.
    func emoticon(at start: Int) -> (text: String, end: Int)? {
        let first = scalars[start]
        let touches = isWordPart(scalar(start - 1))
        if Cutter.eyes.contains(first), !(isDigit(first) && touches) {
            var index = start + 1
            if Cutter.noses.contains(scalar(index)) {
                index += 1
                if first == ":", scalar(index - 1) == "'", scalar(index) == "-" { index += 1 }
            }
            let mouth = scalar(index)
            if Cutter.mouths.contains(mouth), ends(mouth, at: index) {
                var end = index + 1
                while scalar(end) == mouth { end += 1 }  // :))) smiles as :) does
                if !isWordPart(scalar(end)) || !isWordPart(mouth) { return (String(first) + String(mouth), end) }
            }
            // A missing mouth after a nose: the letter `o` of `:o` is the mouth itself.
            if index == start + 2, scalar(start + 1) == "o", !isWordPart(scalar(index)), !touches {
                return (String(first) + "o", index)
            }
        }
        for candidate in Cutter.whole where matches(candidate, at: start) {
            let end = start + candidate.unicodeScalars.count
            if isWordPart(first) && touches || isWordPart(scalar(end - 1)) && isWordPart(scalar(end)) { continue }
            return (candidate.lowercased(), end)
        }
        return nil
    }

    /// Whether a mouth at `index` closes the emoticon: a letter or slash must not go on as a word or an address.
    private func ends(_ mouth: Unicode.Scalar, at index: Int) -> Bool {
        if mouth == "/" || mouth == "\\" { return isSpace(scalar(index + 1)) }
        if isWordPart(mouth) { return !isWordPart(scalar(index + 1)) || scalar(index + 1) == mouth }
        return true
    }
}
