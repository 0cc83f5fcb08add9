public import LabNumerics

/// Intervals by resampling with replacement.
///
/// The interval's ends are quantiles (type 7) of the resampled figures, chosen by `BootstrapMethod`; the standard error
/// is their standard deviation. Resamples whose figure is not a number are left out. Equal streams give equal bits.
/// Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapters 13 and 14.
public enum Bootstrap {
    /// The figure that `statistic` computes from `count` observations, each drawn by itself.
    ///
    /// Paired figures come out paired by themselves: the closure uses one list of places for both.
    ///
    /// - Parameter statistic: gets places in 0 ..< `count`, first 0, 1, 2 … for the value itself, then the resamples'.
    public static func percentile(
        count: Int, resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream,
        statistic: (_ indices: [Int]) throws -> Double
    ) rethrows -> Estimate {
        try interval(.simple(count: count), resamples: resamples, level: level, stream: stream, statistic: statistic)
    }

    /// The figure that `statistic` computes, with the units that `plan` draws.
    ///
    /// - Parameters:
    ///   - method: `.bca` calls `statistic` once more for each unit, on all places but that unit's.
    ///   - statistic: gets places in 0 ..< `plan.count`, first 0, 1, 2 … for the value itself; resamples of clusters of
    ///     unequal size differ in length.
    public static func interval(
        _ plan: ResamplingPlan, resamples: Int = 2_000, level: Double = 0.95, method: BootstrapMethod = .percentile,
        stream: RandomStream, statistic: (_ indices: [Int]) throws -> Double
    ) rethrows -> Estimate {
        let value = try statistic(Array(0..<plan.count))
        guard plan.count > 0 else { return estimate(value, [], level: level, count: 0) }
        var figures: [Double] = []
        figures.reserveCapacity(resamples)
        try plan.forEachResample(resamples, stream: stream) { figures.append(try statistic($0)) }
        return try estimate(value, figures, method: method, level: level, count: plan.count) {
            try plan.jackknife(statistic)
        }
    }
}
