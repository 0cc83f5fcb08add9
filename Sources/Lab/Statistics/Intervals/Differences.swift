/// Two means compared.
public struct MeanComparison: Sendable, Hashable, Codable {
    /// Second − first; its count is the number of observations of both.
    public let difference: Estimate
    /// The difference in standard errors.
    public let statistic: Double
    public let degreesOfFreedom: Double
    /// Two-sided, against no difference.
    public let pValue: Double
}

/// The difference of two independent means, second − first, with unequal variances.
///
/// Two samples without any spread have statistic ±∞ (or 0 and p-value 1 where they are equal).
/// Source: Welch 1947, with Satterthwaite's degrees of freedom.
public func welch(_ first: Moments, _ second: Moments, level: Double = 0.95) -> MeanComparison {
    let parts = [first, second].map { $0.variance / Double($0.count) }
    let squaredError = parts[0] + parts[1]
    let freedom =
        squaredError * squaredError
        / (parts[0] * parts[0] / Double(first.count - 1) + parts[1] * parts[1] / Double(second.count - 1))
    return comparison(
        second.mean - first.mean, standardError: squaredError.squareRoot(),
        freedom: squaredError == 0 ? Double(first.count + second.count - 2) : freedom,
        count: first.count + second.count, level: level)
}

/// The difference of two independent means, second − first, with unequal variances.
public func welch(_ first: [Double], _ second: [Double], level: Double = 0.95) -> MeanComparison {
    welch(Moments(first), Moments(second), level: level)
}

/// The mean of second[i] − first[i], where equal places belong together.
///
/// - Throws: `StatisticsError.lengthsDiffer`.
public func pairedDifference(_ first: [Double], _ second: [Double], level: Double = 0.95) throws -> MeanComparison {
    guard first.count == second.count else {
        throw StatisticsError.lengthsDiffer(what: "pairs", first: first.count, second: second.count)
    }
    let differences = zip(first, second).map { $1 - $0 }
    let moments = Moments(differences)
    return comparison(
        mean(differences), standardError: moments.standardError, freedom: Double(moments.count - 1),
        count: moments.count, level: level)
}

private func comparison(
    _ difference: Double, standardError: Double, freedom: Double, count: Int, level: Double
) -> MeanComparison {
    let statistic = difference == 0 && standardError == 0 ? 0 : difference / standardError
    let known = standardError.isFinite && freedom > 0
    let student = StudentT(degreesOfFreedom: freedom)
    let half = known ? student.quantile(0.5 + level / 2) * standardError : .infinity
    let interval =
        known
        ? Interval(lower: difference - half, upper: difference + half, level: level)
        : Interval(lower: -.infinity, upper: .infinity, level: level)
    return MeanComparison(
        difference: Estimate(value: difference, standardError: standardError, interval: interval, count: count),
        statistic: statistic, degreesOfFreedom: freedom, pValue: known ? student.twoSided(statistic) : .nan)
}
