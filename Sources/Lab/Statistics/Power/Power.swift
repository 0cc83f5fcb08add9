/// How likely a planned comparison is to find an effect, and how large it must be to do so.
///
/// Two-sided power leaves out the side opposite to the effect, as a finding there would be an error of sign.
public enum Power {
    /// Of the z test of two proportions with `count` observations in each arm.
    ///
    /// Source: Fleiss, Levin and Paik, *Statistical Methods for Rates and Proportions*, 2003, with unpooled variances.
    public static func ofProportions(
        _ first: Double, _ second: Double, countOfEach count: Double, alpha: Double = 0.05, isTwoSided: Bool = true
    ) -> Double {
        let error = ((first * (1 - first) + second * (1 - second)) / count).squareRoot()
        return Normal.cdf(abs(second - first) / error + Normal.quantile(isTwoSided ? alpha / 2 : alpha))
    }

    /// Observations in each arm with which the z test of two proportions has the power; not rounded up.
    ///
    /// n = (z₁₋α⁄₂ + z_power)² (p₁ (1 − p₁) + p₂ (1 − p₂)) / (p₂ − p₁)².
    /// - Throws: `StatisticsError.outOfRange` for proportions, alpha or power outside (0, 1) or without a difference.
    public static func sampleSizeOfProportions(
        _ first: Double, _ second: Double, power: Double = 0.8, alpha: Double = 0.05, isTwoSided: Bool = true
    ) throws -> Double {
        for (name, value) in [("proportion", first), ("proportion", second), ("power", power), ("alpha", alpha)]
        where !(value > 0 && value < 1) {
            throw StatisticsError.outOfRange(name: name, value: "\(value)", allowed: "in (0, 1)")
        }
        if first == second {
            throw StatisticsError.outOfRange(
                name: "second proportion", value: "\(second)", allowed: "another than the first")
        }
        let z = Normal.quantile(power) - Normal.quantile(isTwoSided ? alpha / 2 : alpha)
        let difference = second - first
        return z * z * (first * (1 - first) + second * (1 - second)) / (difference * difference)
    }

    /// Of the t test of two samples of equal variance, for an effect of `effect` standard deviations.
    ///
    /// Source: Cohen 1988, chapter 2; by the noncentral t law with m + n − 2 degrees of freedom.
    public static func ofMeans(
        effect: Double, counts: (Int, Int), alpha: Double = 0.05, isTwoSided: Bool = true
    ) -> Double {
        let (m, n) = (Double(counts.0), Double(counts.1))
        let limit = StudentT(degreesOfFreedom: m + n - 2).upperQuantile(isTwoSided ? alpha / 2 : alpha)
        let shift = abs(effect) * (m * n / (m + n)).squareRoot()
        return NoncentralT(degreesOfFreedom: m + n - 2, noncentrality: shift).upperTail(limit)
    }

    /// The least number of observations in each arm with which the t test has the power.
    ///
    /// - Throws: `StatisticsError.outOfRange` for an effect of 0 or a power or alpha outside (0, 1).
    public static func sampleSizeOfMeans(
        effect: Double, power: Double = 0.8, alpha: Double = 0.05, isTwoSided: Bool = true
    ) throws -> Int {
        for (name, value) in [("power", power), ("alpha", alpha)] where !(value > 0 && value < 1) {
            throw StatisticsError.outOfRange(name: name, value: "\(value)", allowed: "in (0, 1)")
        }
        guard effect.isFinite, abs(effect) > 1e-6 else {
            throw StatisticsError.outOfRange(name: "effect", value: "\(effect)", allowed: "at least 1e-6 in size")
        }
        func suffices(_ count: Int) -> Bool {
            ofMeans(effect: effect, counts: (count, count), alpha: alpha, isTwoSided: isTwoSided) >= power
        }
        // The normal approximation is a little below; doubling finds an upper end all the same.
        let z = Normal.quantile(power) - Normal.quantile(isTwoSided ? alpha / 2 : alpha)
        var high = max(2, Int(2 * z * z / (effect * effect)) + 3)
        while !suffices(high) { high *= 2 }
        var low = 1
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
