/// Finds what a mistyped name was meant to be.
public enum NearestName {
    /// The candidate with the fewest edits (insertions, deletions, substitutions, swaps of neighbours) from `name`,
    /// ignoring case; `nil` if none is within a third of the length plus one. The first of equals wins.
    public static func of(_ name: String, among candidates: [String]) -> String? {
        let limit = name.count / 3 + 1
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(Array(name.lowercased()), Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, last[j + 1] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
