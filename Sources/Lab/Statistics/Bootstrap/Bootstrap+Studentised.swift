public import LabNumerics

extension Bootstrap {
    /// The mean of `values` with the bootstrap-t interval, which is second-order correct and stays so for skewed samples.
    ///
    /// The interval is value − t · standard error at the quantiles t of (resampled mean − value) / (its own standard error);
    /// the standard error is the sample's. Resamples without any spread are left out.
    /// Source: Efron and Tibshirani 1993, section 12.5; Hall, "Theoretical Comparison of Bootstrap Confidence Intervals",
    /// Annals of Statistics 16, 1988.
    public static func studentisedMean(
        _ values: [Double], resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream
    ) -> Estimate {
        let (value, count) = (LabStatistics.mean(values), Double(values.count))
        let error = (variance(values) / count).squareRoot()
        guard values.count > 1 else { return studentised(value, error, [], level: level, count: values.count) }
        let pairs = values.map { SIMD2($0 - value, ($0 - value) * ($0 - value)) }
        let ratios = resampledPairs(pairs, resamples, stream).map { sums in
            let center = sums[0] / count
            return center / ((sums[1] / count - center * center) / (count - 1)).squareRoot()
        }
        return studentised(value, error, ratios, level: level, count: values.count)
    }

    /// The figure that `statistic` computes together with its standard error, with the bootstrap-t interval.
    ///
    /// - Parameter statistic: gets places in 0 ..< `plan.count`, first 0, 1, 2 … for the value itself.
    public static func studentised(
        _ plan: ResamplingPlan, resamples: Int = 2_000, level: Double = 0.95, stream: RandomStream,
        statistic: (_ indices: [Int]) throws -> (value: Double, standardError: Double)
    ) rethrows -> Estimate {
        let whole = try statistic(Array(0..<plan.count))
        var ratios: [Double] = []
        if plan.count > 0 {
            try plan.forEachResample(resamples, stream: stream) { places in
                let drawn = try statistic(places)
                ratios.append((drawn.value - whole.value) / drawn.standardError)
            }
        }
        return studentised(whole.value, whole.standardError, ratios, level: level, count: plan.count)
    }

    private static func studentised(
        _ value: Double, _ error: Double, _ ratios: [Double], level: Double, count: Int
    ) -> Estimate {
        let sorted = ratios.filter(\.isFinite).sorted()
        let known = sorted.count > 1
        return Estimate(
            value: value, standardError: error,
            interval: Interval(
                lower: known ? value - quantile(sorted: sorted, (1 + level) / 2) * error : -.infinity,
                upper: known ? value - quantile(sorted: sorted, (1 - level) / 2) * error : .infinity, level: level),
            count: count)
    }
}
