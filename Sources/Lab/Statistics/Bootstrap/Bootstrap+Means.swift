public import LabNumerics

extension Bootstrap {
    /// The mean of `values`.
    public static func mean(
        _ values: [Double], resamples: Int = 2_000, level: Double = 0.95, method: BootstrapMethod = .percentile,
        stream: RandomStream
    ) -> Estimate {
        let value = LabStatistics.mean(values)
        guard !values.isEmpty else { return estimate(value, [], level: level, count: 0) }
        let figures = resampledMeans(values, resamples, stream)
        return estimate(value, figures, method: method, level: level, count: values.count) { [withoutEach(values)] }
    }

    /// The mean of second[i] − first[i], where equal places belong together.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`.
    public static func pairedDifference(
        _ first: [Double], _ second: [Double], resamples: Int = 2_000, level: Double = 0.95,
        method: BootstrapMethod = .percentile, stream: RandomStream
    ) throws -> Estimate {
        guard first.count == second.count else {
            throw StatisticsError.lengthsDiffer(what: "pairs", first: first.count, second: second.count)
        }
        return mean(
            zip(first, second).map { $1 - $0 }, resamples: resamples, level: level, method: method, stream: stream)
    }

    /// The mean of `second` − the mean of `first`, two independent samples, each drawn by itself.
    public static func difference(
        _ first: [Double], _ second: [Double], resamples: Int = 2_000, level: Double = 0.95,
        method: BootstrapMethod = .percentile, stream: RandomStream
    ) -> Estimate {
        let (before, after) = (LabStatistics.mean(first), LabStatistics.mean(second))
        let count = first.count + second.count
        guard !first.isEmpty, !second.isEmpty else {
            return estimate(after - before, [], level: level, count: count)
        }
        // The streams are those of a stratified plan with the first sample before the second.
        let drawn = resampledMeans(first, resamples, stream)
        let figures = zip(drawn, resampledMeans(second, resamples, stream.child(1))).map { $1 - $0 }
        return estimate(after - before, figures, method: method, level: level, count: count) {
            [withoutEach(first).map { after - $0 }, withoutEach(second).map { $0 - before }]
        }
    }

    /// Σ numerators / Σ denominators, such as a self-normalised importance-weighted mean.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`.
    public static func ratio(
        _ numerators: [Double], _ denominators: [Double], resamples: Int = 2_000, level: Double = 0.95,
        method: BootstrapMethod = .percentile, stream: RandomStream
    ) throws -> Estimate {
        guard numerators.count == denominators.count else {
            throw StatisticsError.lengthsDiffer(
                what: "numerators and denominators", first: numerators.count, second: denominators.count)
        }
        let (above, below) = (compensatedSum(numerators), compensatedSum(denominators))
        guard !numerators.isEmpty else { return estimate(above / below, [], level: level, count: 0) }
        let figures = resampledPairs(zip(numerators, denominators).map { SIMD2($0, $1) }, resamples, stream)
            .map { $0[0] / $0[1] }
        return estimate(above / below, figures, method: method, level: level, count: numerators.count) {
            [zip(numerators, denominators).map { (above - $0) / (below - $1) }]
        }
    }

    /// The mean of `values` where whole clusters are drawn, such as all sessions of one customer.
    ///
    /// - Parameter clusters: one number a value; equal numbers are one cluster.
    /// - Throws: `StatisticsError.lengthsDiffer`.
    ///
    /// Source: Davison and Hinkley, *Bootstrap Methods and their Application*, 1997, section 3.8, first strategy.
    public static func clusteredMean(
        _ values: [Double], clusters: [Int], resamples: Int = 2_000, level: Double = 0.95,
        method: BootstrapMethod = .percentile, stream: RandomStream
    ) throws -> Estimate {
        guard values.count == clusters.count else {
            throw StatisticsError.lengthsDiffer(
                what: "values and clusters", first: values.count, second: clusters.count)
        }
        let groups = ResamplingPlan.clustered(clusters).strata[0]
        // A mean over clusters is the ratio of the clusters' sums to their sizes.
        let found = try ratio(
            groups.map { places in compensatedSum(places.lazy.map { values[$0] }) }, groups.map { Double($0.count) },
            resamples: resamples, level: level, method: method, stream: stream)
        return Estimate(
            value: found.value, standardError: found.standardError, interval: found.interval, count: values.count)
    }

    /// The mean without each value in turn.
    private static func withoutEach(_ values: [Double]) -> [Double] {
        let (center, count) = (LabStatistics.mean(values), Double(values.count))
        return values.map { center - ($0 - center) / (count - 1) }
    }

    private static func resampledMeans(_ values: [Double], _ resamples: Int, _ stream: RandomStream) -> [Double] {
        var draws = IndexDraws(stream, below: values.count)
        // Sums of deviations: short ones lose fewer digits than sums of large values.
        let center = LabStatistics.mean(values)
        let deviations = values.map { $0 - center }
        return deviations.withUnsafeBufferPointer { deviations in
            (0..<resamples).map { _ in
                center + draws.sum(deviations, count: deviations.count) / Double(deviations.count)
            }
        }
    }

    /// The sums of both sides of each resample.
    static func resampledPairs(_ pairs: [SIMD2<Double>], _ resamples: Int, _ stream: RandomStream) -> [SIMD2<Double>] {
        var draws = IndexDraws(stream, below: pairs.count)
        return pairs.withUnsafeBufferPointer { pairs in
            (0..<resamples).map { _ in draws.sum(pairs, count: pairs.count) }
        }
    }
}
