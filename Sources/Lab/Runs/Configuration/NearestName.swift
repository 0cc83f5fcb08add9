/// Finds what was probably meant.
public enum NearestName {
    /// The candidate with the smallest edit distance to `name`, or `nil` where none is near.
    ///
    /// Near is at most a third of the longer name's characters, or one name inside the other. Of equals the first.
    public static func of(_ name: String, among candidates: [String]) -> String? {
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
            let near = max(1, max(name.count, candidate.count) / 3)
            let inside = name.count >= 3 && candidate.lowercased().contains(name.lowercased())
            if distance > near && !inside { continue }
            if let found = best, found.distance <= distance { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, changes, neighbours swapped.
    static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var current = [i + 1]
            for (j, b) in right.enumerated() {
                var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforePrevious[j - 1] + 1) }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
