public import LabNumerics

/// Percentile intervals by resampling with replacement.
///
/// The interval's ends are quantiles (type 7) of the resampled figures at (1 ∓ level) / 2; the standard error is their
/// standard deviation. Resamples whose figure is not a number are left out.
/// Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13.
public enum Bootstrap {
    /// The figure that `statistic` computes from `count` observations.
    ///
    /// Paired figures come out paired by themselves: the closure uses one list of places for both.
    ///
    /// - Parameter statistic: gets places in 0 ..< `count`, first 0, 1, 2 … for the value itself, then the resamples'.
    public static func percentile(
        count: Int, resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream,
        statistic: (_ indices: [Int]) -> Double
    ) -> Estimate {
        var indices = Array(0..<count)
        let value = statistic(indices)
        guard count > 0 else { return estimate(value, [], level: level, count: 0) }
        var draws = IndexDraws(stream, below: count)
        var figures: [Double] = []
        figures.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for place in 0..<count { indices[place] = draws.next() }
            figures.append(statistic(indices))
        }
        return estimate(value, figures, level: level, count: count)
    }

    /// The mean of `values`.
    public static func mean(
        _ values: [Double], resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream
    ) -> Estimate {
        let value = LabStatistics.mean(values)
        guard !values.isEmpty else { return estimate(value, [], level: level, count: 0) }
        let figures = resampledSums(values, resamples, stream).map { $0 / Double(values.count) }
        return estimate(value, figures, level: level, count: values.count)
    }

    /// The mean of second[i] − first[i], where equal places belong together.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`.
    public static func pairedDifference(
        _ first: [Double], _ second: [Double], resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream
    ) throws -> Estimate {
        guard first.count == second.count else {
            throw StatisticsError.lengthsDiffer(what: "pairs", first: first.count, second: second.count)
        }
        return mean(zip(first, second).map { $1 - $0 }, resamples: resamples, level: level, stream: stream)
    }

    /// Σ numerators / Σ denominators, such as a self-normalised importance-weighted mean.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`.
    public static func ratio(
        _ numerators: [Double], _ denominators: [Double], resamples: Int = 2_000, level: Double = 0.95,
        stream: RandomStream
    ) throws -> Estimate {
        guard numerators.count == denominators.count else {
            throw StatisticsError.lengthsDiffer(
                what: "numerators and denominators", first: numerators.count, second: denominators.count)
        }
        let value = compensatedSum(numerators) / compensatedSum(denominators)
        guard !numerators.isEmpty else { return estimate(value, [], level: level, count: 0) }
        // The same stream twice draws the same places for both sums.
        let above = resampledSums(numerators, resamples, stream)
        let below = resampledSums(denominators, resamples, stream)
        return estimate(value, zip(above, below).map { $0 / $1 }, level: level, count: numerators.count)
    }

    /// One figure with the interval that `figures`, computed by any kind of resampling, give it.
    public static func estimate(_ value: Double, _ figures: [Double], level: Double, count: Int) -> Estimate {
        let sorted = figures.filter { !$0.isNaN }.sorted()
        guard sorted.count > 1 else {
            let whole = Interval(lower: -.infinity, upper: .infinity, level: level)
            return Estimate(value: value, standardError: .nan, interval: whole, count: count)
        }
        return Estimate(
            value: value, standardError: standardDeviation(sorted),
            interval: Interval(
                lower: quantile(sorted: sorted, (1 - level) / 2), upper: quantile(sorted: sorted, (1 + level) / 2),
                level: level),
            count: count)
    }

    private static func resampledSums(_ values: [Double], _ resamples: Int, _ stream: RandomStream) -> [Double] {
        var draws = IndexDraws(stream, below: values.count)
        // Sums of deviations: short ones lose fewer digits than sums of large values.
        let center = LabStatistics.mean(values)
        let deviations = values.map { $0 - center }
        return deviations.withUnsafeBufferPointer { deviations in
            (0..<resamples).map { _ in
                var sum = 0.0
                for _ in 0..<deviations.count { sum += deviations[draws.next()] }
                return sum + center * Double(deviations.count)
            }
        }
    }
}
