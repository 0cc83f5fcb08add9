/// What a test holds against "no difference", always of the second sample against the first.
public enum Alternative: String, Sendable, Hashable, Codable, CaseIterable {
    case twoSided
    /// The second is greater.
    case greater
    /// The second is less.
    case less

    /// The p-value from P(X ≤ seen) and P(X ≥ seen); two-sided is twice the smaller one.
    func pValue(lower: Double, upper: Double) -> Double {
        switch self {
        case .twoSided: min(1, 2 * min(lower, upper))
        case .greater: min(1, upper)
        case .less: min(1, lower)
        }
    }

    /// value ± factor · error, or the one-sided bound with the other end infinite.
    func interval(_ value: Double, error: Double, level: Double, quantile: (Double) -> Double) -> Interval {
        switch self {
        case .twoSided:
            let half = quantile(0.5 + level / 2) * error
            return Interval(lower: value - half, upper: value + half, level: level)
        case .greater: return Interval(lower: value - quantile(level) * error, upper: .infinity, level: level)
        case .less: return Interval(lower: -.infinity, upper: value + quantile(level) * error, level: level)
        }
    }
}

/// The outcome of a test of significance.
public struct SignificanceTest: Sendable, Hashable, Codable {
    public let statistic: Double
    public let pValue: Double
    /// Of the chi-squared reference, where there is one.
    public let degreesOfFreedom: Double?
    /// Whether the p-value is that of the finite distribution rather than of a limit or a simulation.
    public let isExact: Bool

    init(statistic: Double, pValue: Double, degreesOfFreedom: Double? = nil, isExact: Bool) {
        self.statistic = statistic
        self.pValue = pValue
        self.degreesOfFreedom = degreesOfFreedom
        self.isExact = isExact
    }
}

/// How a rank test finds its p-value.
public enum RankTestMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// Exact up to 50 observations, else normal.
    case automatic
    /// Conditional on the ties that were seen.
    case exact
    /// With the variance that ties leave, and a continuity correction of ½.
    case normal

    func isExact(count: Int) -> Bool { self == .exact || self == .automatic && count <= 50 }
}
