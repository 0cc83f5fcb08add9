import Foundation

extension TaskJudge {
    private static let mostSegments = 20
    /// What stands for segments that are not shown by themselves, and for texts without one.
    private static let (rest, none) = ("other", "none")

    /// The name under which each text's segment is shown: its own for the most frequent, `other` for what is rarer or has too few
    /// texts to be shown alone.
    static func shown(_ segments: [String]) -> [String] {
        let names = segments.map { segment in
            let name = segment.trimmingCharacters(in: .whitespacesAndNewlines)
            return name.isEmpty ? none : String(name.prefix(60))
        }
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        let frequent = counts.filter { $0.value >= fewestTexts && $0.key != rest }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(mostSegments)
        let own = Set(frequent.map(\.key))
        return names.map { own.contains($0) ? $0 : rest }
    }
}
