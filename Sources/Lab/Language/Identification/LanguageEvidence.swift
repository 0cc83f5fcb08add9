/// What a post says about its language apart from the model: its scripts, its letters and its commonest words.
struct LanguageEvidence {
    /// Lower case, without names of users, addresses, digits and punctuation; one space between words.
    var text: [UInt8] = []
    /// Letters of each script, by `Script.rawValue`.
    var letters = [Int](repeating: 0, count: Script.allCases.count)
    var letterCount = 0
    /// The letters beyond a–z.
    var special: [Unicode.Scalar] = []
    /// Where the words stand in `text`.
    var words: [Range<Int>] = []
    var wordStart = 0
    /// The last letter was found three times or more and stands once.
    var isElongated = false

    /// The script that says most; kana among Chinese characters makes all of them Japanese.
    var script: Script? {
        var letters = letters
        let (kana, han) = (Int(Script.kana.rawValue), Int(Script.han.rawValue))
        if letters[kana] > 0 { (letters[kana], letters[han]) = (letters[kana] + letters[han], 0) }
        let best = Script.allCases.max { left, right in
            letters[Int(left.rawValue)] * left.weight < letters[Int(right.rawValue)] * right.weight
        }
        return best.flatMap { letters[Int($0.rawValue)] > 0 ? $0 : nil }
    }
}
