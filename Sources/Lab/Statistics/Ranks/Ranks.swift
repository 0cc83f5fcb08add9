/// The ranks 1 … n of values, equal ones sharing their mean rank.
struct Ranks {
    /// Twice the rank of each value, which is whole for shared ranks as well.
    let doubled: [Int]
    /// Σ t³ − t over groups of t equal values.
    let tieTerm: Double

    init(_ values: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var doubled = [Int](repeating: 0, count: values.count)
        var (tieTerm, start) = (0.0, 0)
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            // Places start ..< end have the ranks start + 1 … end.
            for place in start..<end { doubled[order[place]] = start + 1 + end }
            let ties = Double(end - start)
            tieTerm += ties * (ties * ties - 1)
            start = end
        }
        self.doubled = doubled
        self.tieTerm = tieTerm
    }
}

/// The permutation distribution of a sum of whole scores.
///
/// All terms are positive, so that even the smallest tail keeps its digits.
enum ScoreSum {
    /// P(S ≤ seen) and P(S ≥ seen) of the sum of `chosen` of `scores`, all choices equally likely.
    ///
    /// Source: the recursion of Mann and Whitney 1947 over scores in general (Streitberg and Röhmel 1986).
    static func tails(choosing chosen: Int, of scores: [Int], seen: Int) -> (lower: Double, upper: Double) {
        let total = scores.reduce(0, +)
        var counts = [[Double]](repeating: [Double](repeating: 0, count: total + 1), count: chosen + 1)
        counts[0][0] = 1
        var reached = 0
        for score in scores {
            reached += score
            for size in stride(from: chosen, to: 0, by: -1) {
                for sum in stride(from: reached, through: score, by: -1) {
                    counts[size][sum] += counts[size - 1][sum - score]
                }
            }
        }
        return tails(counts[chosen], seen: seen)
    }

    /// P(S ≤ seen) and P(S ≥ seen) of the sum of those scores whose fair coin shows heads.
    static func tailsOfCoins(_ scores: [Int], seen: Int) -> (lower: Double, upper: Double) {
        var counts = [Double](repeating: 0, count: scores.reduce(0, +) + 1)
        counts[0] = 1
        var reached = 0
        for score in scores {
            reached += score
            for sum in stride(from: reached, through: score, by: -1) { counts[sum] += counts[sum - score] }
        }
        return tails(counts, seen: seen)
    }

    private static func tails(_ counts: [Double], seen: Int) -> (lower: Double, upper: Double) {
        let all = counts.reduce(0, +)
        return (counts[...seen].reduce(0, +) / all, counts[seen...].reversed().reduce(0, +) / all)
    }
}
