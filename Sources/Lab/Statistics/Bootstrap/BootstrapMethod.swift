/// How an interval is read off resampled figures.
public enum BootstrapMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// The quantiles of the figures at (1 ∓ level) / 2.
    ///
    /// Source: Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 13.3.
    case percentile
    /// Bias-corrected and accelerated: the quantiles moved by the figures' median bias and by the rate at which the
    /// standard error changes with the value; it needs every figure without one unit (the jackknife) as well.
    ///
    /// Source: Efron, "Better Bootstrap Confidence Intervals", JASA 82, 1987, equations 2.3 and 6.6.
    case bca
}
