/// How the p-values of several tests are made honest together.
public enum MultipleComparisons: String, Sendable, Hashable, Codable, CaseIterable {
    /// m p. Bounds the chance of any false finding, whatever the dependence.
    case bonferroni
    /// The running greatest of (m − i + 1) p₍ᵢ₎: bounds the same and is never weaker (Holm 1979).
    case holm
    /// The running least of (m − i + 1) p₍ᵢ₎ from the largest down: for independent or positively dependent tests
    /// (Hochberg 1988).
    case hochberg
    /// The running least of m p₍ᵢ₎ / i from the largest down: bounds the expected share of false findings, for independent
    /// or positively dependent tests (Benjamini and Hochberg 1995).
    case benjaminiHochberg
    /// The same times 1 + ½ + … + 1/m, whatever the dependence (Benjamini and Yekutieli 2001).
    case benjaminiYekutieli
    /// The running greatest of p in the order given: tests are made one after another until the first fails (Maurer,
    /// Hothorn and Lehmacher 1995). The order must have been fixed before the data were seen.
    case fixedSequence

    /// Adjusted p-values in the order given: a test is significant where its own is at most alpha.
    ///
    /// - Throws: `StatisticsError.outOfRange` for a p-value outside [0, 1].
    public func adjusted(_ pValues: [Double]) throws -> [Double] {
        if let p = pValues.first(where: { !($0 >= 0 && $0 <= 1) }) {
            throw StatisticsError.outOfRange(name: "p-value", value: "\(p)", allowed: "in [0, 1]")
        }
        let count = Double(pValues.count)
        let harmonic = stride(from: count, through: 1, by: -1).reduce(0.0) { $0 + 1 / $1 }
        return switch self {
        case .bonferroni: pValues.map { min(1, count * $0) }
        case .holm: Self.running(pValues, fromTop: false) { rank, p in (count - rank + 1) * p }
        case .hochberg: Self.running(pValues, fromTop: true) { rank, p in (count - rank + 1) * p }
        case .benjaminiHochberg: Self.running(pValues, fromTop: true) { rank, p in count / rank * p }
        case .benjaminiYekutieli: Self.running(pValues, fromTop: true) { rank, p in harmonic * count / rank * p }
        case .fixedSequence: pValues.indices.map { place in pValues[...place].max() ?? 1 }
        }
    }

    /// The running greatest from the smallest p-value up, or the running least from the largest down.
    private static func running(
        _ pValues: [Double], fromTop: Bool, _ figure: (_ rank: Double, _ p: Double) -> Double
    ) -> [Double] {
        // Equal p-values keep their order, which makes no difference to the result.
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var result = pValues
        var last = fromTop ? 1.0 : 0
        for rank in fromTop ? Array((1...max(1, order.count)).reversed()) : Array(1...max(1, order.count))
        where rank <= order.count {
            let place = order[rank - 1]
            let value = min(1, figure(Double(rank), pValues[place]))
            last = fromTop ? min(last, value) : max(last, value)
            result[place] = last
        }
        return result
    }
}
