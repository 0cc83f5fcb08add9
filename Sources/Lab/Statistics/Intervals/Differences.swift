/// Two means compared.
public struct MeanComparison: Sendable, Hashable, Codable {
    /// Second − first, or (second − first) / first; its count is the number of observations of both.
    public let difference: Estimate
    /// The difference in standard errors.
    public let statistic: Double
    public let degreesOfFreedom: Double
    /// Of the alternative that was asked for, against no difference.
    public let pValue: Double
}

/// The difference of two independent means, second − first, with unequal variances.
///
/// Two samples without any spread have statistic ±∞ (or 0 and p-value 1 where they are equal). A one-sided alternative
/// gives a one-sided interval.
/// Source: Welch 1947, with Satterthwaite's degrees of freedom.
public func welch(
    _ first: Moments, _ second: Moments, alternative: Alternative = .twoSided, level: Double = 0.95
) -> MeanComparison {
    let error = ((first.variance / Double(first.count)) + (second.variance / Double(second.count))).squareRoot()
    return comparison(
        second.mean - first.mean, standardError: error, freedom: satterthwaite(first, second),
        count: first.count + second.count, alternative: alternative, level: level)
}

/// The difference of two independent means, second − first, with unequal variances.
public func welch(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided, level: Double = 0.95
) -> MeanComparison {
    welch(Moments(first), Moments(second), alternative: alternative, level: level)
}

/// The relative difference of two independent means, (second − first) / first.
///
/// The standard error by the delta method is √(s₂² / (n₂ m₁²) + s₁² m₂² / (n₁ m₁⁴)), the degrees of freedom are those of
/// the absolute difference. Where the first mean is few standard errors from 0 this p-value is too large: test the
/// absolute difference and state this interval.
/// - Throws: `StatisticsError.outOfRange` where the first mean is 0.
///
/// Source: Deng, Knoblich and Lu, "Applying the Delta Method in Metric Analytics", KDD 2018, section 2.2.
public func relativeWelch(
    _ first: Moments, _ second: Moments, alternative: Alternative = .twoSided, level: Double = 0.95
) throws -> MeanComparison {
    guard first.mean != 0 else {
        throw StatisticsError.outOfRange(name: "mean of the first sample", value: "0", allowed: "other than 0")
    }
    let ratio = second.mean / first.mean
    let squared =
        (second.variance / Double(second.count) + ratio * ratio * first.variance / Double(first.count))
        / (first.mean * first.mean)
    return comparison(
        (second.mean - first.mean) / first.mean, standardError: squared.squareRoot(),
        freedom: satterthwaite(first, second), count: first.count + second.count, alternative: alternative,
        level: level)
}

/// The mean of second[i] − first[i], where equal places belong together.
///
/// - Throws: `StatisticsError.lengthsDiffer`.
public func pairedDifference(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided, level: Double = 0.95
) throws -> MeanComparison {
    guard first.count == second.count else {
        throw StatisticsError.lengthsDiffer(what: "pairs", first: first.count, second: second.count)
    }
    let differences = zip(first, second).map { $1 - $0 }
    let moments = Moments(differences)
    return comparison(
        mean(differences), standardError: moments.standardError, freedom: Double(moments.count - 1),
        count: moments.count, alternative: alternative, level: level)
}

private func satterthwaite(_ first: Moments, _ second: Moments) -> Double {
    let parts = [first, second].map { $0.variance / Double($0.count) }
    let sum = parts[0] + parts[1]
    if sum == 0 { return Double(first.count + second.count - 2) }
    return sum * sum
        / (parts[0] * parts[0] / Double(first.count - 1) + parts[1] * parts[1] / Double(second.count - 1))
}

private func comparison(
    _ difference: Double, standardError: Double, freedom: Double, count: Int, alternative: Alternative, level: Double
) -> MeanComparison {
    let statistic = difference == 0 && standardError == 0 ? 0 : difference / standardError
    let known = standardError.isFinite && freedom > 0
    let student = StudentT(degreesOfFreedom: freedom)
    let interval =
        known
        ? alternative.interval(difference, error: standardError, level: level, quantile: student.quantile)
        : Interval(lower: -.infinity, upper: .infinity, level: level)
    let pValue = alternative.pValue(lower: student.cdf(statistic), upper: student.upperTail(statistic))
    return MeanComparison(
        difference: Estimate(value: difference, standardError: standardError, interval: interval, count: count),
        statistic: statistic, degreesOfFreedom: freedom, pValue: known ? pValue : .nan)
}
