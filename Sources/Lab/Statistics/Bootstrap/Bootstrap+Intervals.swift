import RealModule

extension Bootstrap {
    /// One figure with the percentile interval that `figures`, computed by any kind of resampling, give it.
    public static func estimate(_ value: Double, _ figures: [Double], level: Double, count: Int) -> Estimate {
        let sorted = figures.filter { !$0.isNaN }.sorted()
        return estimate(value, sorted: sorted, shares: ((1 - level) / 2, (1 + level) / 2), level: level, count: count)
    }

    /// One figure with the BCa interval that `figures`, computed by any kind of resampling, give it.
    ///
    /// The ends are quantiles at Φ(z₀ + (z₀ + zₐ) / (1 − a (z₀ + zₐ))) for zₐ = Φ⁻¹((1 ∓ level) / 2), where Φ(z₀) is the
    /// share of figures below the value, equal ones counted half. The whole line where all figures lie on one side.
    ///
    /// - Parameter acceleration: a, from `acceleration(jackknife:)`.
    ///
    /// Source: Efron 1987, equation 2.3.
    public static func biasCorrected(
        _ value: Double, _ figures: [Double], acceleration: Double, level: Double, count: Int
    ) -> Estimate {
        let sorted = figures.filter { !$0.isNaN }.sorted()
        let below = sorted.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
        let bias = Normal.quantile(below / Double(sorted.count))
        func share(_ nominal: Double) -> Double {
            let z = bias + Normal.quantile(nominal)
            let scale = 1 - acceleration * z
            // Past the pole of the transformation the quantile is the last one.
            if scale <= 0 { return z > 0 ? 1 : 0 }
            return Normal.cdf(bias + z / scale)
        }
        return estimate(
            value, sorted: bias.isFinite ? sorted : [], shares: (share((1 - level) / 2), share((1 + level) / 2)),
            level: level, count: count)
    }

    /// Efron's acceleration Σ u³ / (6 (Σ u²)^{3/2}) of figures computed without each unit in turn, by stratum.
    ///
    /// u = ((n − 1) / n) (mean of the stratum's figures − figure), where a stratum has n units; 0 without any spread.
    /// Source: Efron 1987, equation 6.6; several strata as in Efron and Tibshirani 1993, equation 14.15 and section 22.5.
    public static func acceleration(jackknife strata: [[Double]]) -> Double {
        var (squares, cubes) = (0.0, 0.0)
        for figures in strata {
            let center = LabStatistics.mean(figures)
            // As strata may differ in size, each deviation is an influence divided by its stratum's size.
            let weight = Double(figures.count - 1) / Double(figures.count)
            squares += compensatedSum(figures.lazy.map { weight * weight * (center - $0) * (center - $0) })
            cubes += compensatedSum(
                figures.lazy.map { weight * weight * weight * (center - $0) * (center - $0) * (center - $0) })
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }

    private static func estimate(
        _ value: Double, sorted: [Double], shares: (Double, Double), level: Double, count: Int
    ) -> Estimate {
        guard sorted.count > 1 else {
            let whole = Interval(lower: -.infinity, upper: .infinity, level: level)
            return Estimate(value: value, standardError: .nan, interval: whole, count: count)
        }
        return Estimate(
            value: value, standardError: standardDeviation(sorted),
            interval: Interval(
                lower: quantile(sorted: sorted, shares.0), upper: quantile(sorted: sorted, shares.1), level: level),
            count: count)
    }

    /// By the method: `jackknife` is asked only where it is needed.
    static func estimate(
        _ value: Double, _ figures: [Double], method: BootstrapMethod, level: Double, count: Int,
        jackknife: () throws -> [[Double]]
    ) rethrows -> Estimate {
        switch method {
        case .percentile: estimate(value, figures, level: level, count: count)
        case .bca:
            biasCorrected(
                value, figures, acceleration: acceleration(jackknife: try jackknife()), level: level, count: count)
        }
    }
}
