import RealModule

/// How counts are compared with what was expected.
public enum CountStatistic: String, Sendable, Hashable, Codable, CaseIterable {
    /// X² = Σ (O − E)² / E (Pearson 1900).
    case pearson
    /// G = 2 Σ O log(O / E), the likelihood ratio (Wilks 1935).
    case likelihoodRatio

    func term(_ observed: Double, _ expected: Double) -> Double {
        switch self {
        case .pearson: (observed - expected) * (observed - expected) / expected
        // 2 (O log(O/E) + E − O): the same sum, whose terms are all positive and lose no digits near O = E.
        case .likelihoodRatio: 2 * (observed == 0 ? expected : SaddlePoint.deviance(observed, mean: expected))
        }
    }
}

/// Whether counts arrived in the proportions that were planned: the check for a sample-ratio mismatch.
///
/// Cells of weight 0 are left out of the degrees of freedom; a count in one is refuted for certain (statistic ∞, p = 0).
/// - Parameter weights: not negative, not all 0; in any unit.
/// - Throws: `StatisticsError.lengthsDiffer`, `.outOfRange` for a negative count or weight or a total of 0, `.tooFew` for
///   fewer than two cells of positive weight.
///
/// Source: Pearson 1900; Fabijan and others, "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019.
public func goodnessOfFit(
    _ counts: [Int], weights: [Double], statistic: CountStatistic = .pearson
) throws -> SignificanceTest {
    guard counts.count == weights.count else {
        throw StatisticsError.lengthsDiffer(what: "counts and weights", first: counts.count, second: weights.count)
    }
    try checkCounts(counts)
    if let weight = weights.first(where: { !($0 >= 0) || $0.isInfinite }) {
        throw StatisticsError.outOfRange(name: "weight", value: "\(weight)", allowed: "finite and not negative")
    }
    let planned = counts.indices.filter { weights[$0] > 0 }
    if planned.count < 2 {
        throw StatisticsError.tooFew(what: "the list of positive weights", count: planned.count, needed: 2)
    }
    let (total, weight) = (Double(counts.reduce(0, +)), compensatedSum(weights))
    let freedom = Double(planned.count - 1)
    if counts.indices.contains(where: { weights[$0] == 0 && counts[$0] > 0 }) {
        return SignificanceTest(statistic: .infinity, pValue: 0, degreesOfFreedom: freedom, isExact: false)
    }
    let value = compensatedSum(planned.map { statistic.term(Double(counts[$0]), weights[$0] / weight * total) })
    return SignificanceTest(
        statistic: value, pValue: ChiSquared(degreesOfFreedom: freedom).upperTail(value), degreesOfFreedom: freedom,
        isExact: false)
}

/// Whether rows and columns of a table of counts are independent; rows and columns without counts are left out.
///
/// - Parameters:
///   - table: rows of equal length.
///   - continuity: moves each count of a 2 × 2 table by up to ½ towards the expected one (Yates 1934).
/// - Throws: `StatisticsError.lengthsDiffer` for ragged rows, `.outOfRange` for a negative count or a total of 0, `.tooFew`
///   for fewer than two rows or columns with counts.
public func independence(
    _ table: [[Int]], statistic: CountStatistic = .pearson, continuity: Bool = false
) throws -> SignificanceTest {
    let width = table.first?.count ?? 0
    if let row = table.first(where: { $0.count != width }) {
        throw StatisticsError.lengthsDiffer(what: "rows of the table", first: width, second: row.count)
    }
    try checkCounts(table.flatMap { $0 })
    let columns = (0..<width).filter { column in table.contains { $0[column] > 0 } }
    let rows = table.filter { $0.contains { $0 > 0 } }.map { row in columns.map { Double(row[$0]) } }
    if min(rows.count, columns.count) < 2 {
        throw StatisticsError.tooFew(
            what: "the table's shorter side", count: min(rows.count, columns.count), needed: 2)
    }
    let sums = rows.map { $0.reduce(0, +) }
    let heights = columns.indices.map { column in rows.reduce(0) { $0 + $1[column] } }
    let total = sums.reduce(0, +)
    var terms: [Double] = []
    for (row, sum) in zip(rows, sums) {
        for (count, height) in zip(row, heights) {
            let expected = sum * height / total
            var observed = count
            if continuity, rows.count == 2, columns.count == 2 {
                observed += count < expected ? min(0.5, expected - count) : -min(0.5, count - expected)
            }
            terms.append(statistic.term(observed, expected))
        }
    }
    let freedom = Double((rows.count - 1) * (columns.count - 1))
    let value = compensatedSum(terms)
    return SignificanceTest(
        statistic: value, pValue: ChiSquared(degreesOfFreedom: freedom).upperTail(value), degreesOfFreedom: freedom,
        isExact: false)
}

private func checkCounts(_ counts: [Int]) throws {
    if let count = counts.first(where: { $0 < 0 }) {
        throw StatisticsError.outOfRange(name: "count", value: "\(count)", allowed: "not negative")
    }
    if counts.reduce(0, +) == 0 {
        throw StatisticsError.outOfRange(name: "sum of the counts", value: "0", allowed: "positive")
    }
}
