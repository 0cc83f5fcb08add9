/// Finds, among given sets of words, one that is nearly another: Jaccard's index of `least` or more.
///
/// Exact, by prefixes: with words in order of rarity, two sets of that index share a word among the first
/// n − ⌈least · n⌉ + 1 of each. Source: Chaudhuri, Ganti and Kaushik, "A Primitive Operator for Similarity Joins", ICDE 2006.
struct NearTexts {
    private let least: Double
    private var sets: [(words: Set<String>, name: String)] = []
    private var counts: [String: Int] = [:]
    private var places: [String: [Int]] = [:]

    /// - Parameter texts: words and the name of where they come from.
    init(_ texts: [(words: [String], name: String)], least: Double) {
        self.least = least
        sets = texts.map { (Set($0.words), $0.name) }
        for set in sets {
            for word in set.words { counts[word, default: 0] += 1 }
        }
        for (place, text) in texts.enumerated() {
            for word in prefix(text.words) { places[word, default: []].append(place) }
        }
    }

    /// The name of a set that is near `words`.
    func name(near words: [String]) -> String? {
        let own = Set(words)
        for word in prefix(words) {
            for place in places[word] ?? [] {
                let common = sets[place].words.intersection(own).count
                let all = sets[place].words.count + own.count - common
                if Double(common) >= least * Double(all) { return sets[place].name }
            }
        }
        return nil
    }

    private func prefix(_ words: [String]) -> ArraySlice<String> {
        let ordered = words.sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
        return ordered.prefix(words.count - Int((least * Double(words.count)).rounded(.up)) + 1)
    }
}
