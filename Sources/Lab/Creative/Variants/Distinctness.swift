/// How alike two texts are: the share of word pairs that they have in common.
public enum Distinctness {
    /// The Jaccard index of the sets of word shingles, in 0…1: 0 for nothing in common, 1 for the same.
    ///
    /// Source: Broder, "On the resemblance and containment of documents", 1997. Words are compared in lower case without
    /// punctuation; a text shorter than `size` words is one shingle.
    public static func similarity(_ left: String, _ right: String, size: Int = 2) -> Double {
        let a = shingles(left, size: size)
        let b = shingles(right, size: size)
        let union = a.union(b).count
        return union == 0 ? 1 : Double(a.intersection(b).count) / Double(union)
    }

    static func shingles(_ text: String, size: Int) -> Set<[String]> {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard words.count > size else { return words.isEmpty ? [] : [words] }
        return Set((0...(words.count - size)).map { Array(words[$0..<($0 + size)]) })
    }
}
