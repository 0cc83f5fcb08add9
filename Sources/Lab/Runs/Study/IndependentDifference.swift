import LabStatistics

extension Figure {
    /// The interval of this figure minus `first`, two independent estimates with intervals of one level; `nil` otherwise.
    ///
    /// L = d − √((θ₂ − l₂)² + (u₁ − θ₁)²) and U = d + √((u₂ − θ₂)² + (θ₁ − l₁)²): it needs no more than both intervals and
    /// keeps their asymmetry.
    ///
    /// Source: Zou and Donner, "Construction of confidence limits about effect measures: a general approach", Statistics
    /// in Medicine 27, 2008, equation 5 (MOVER).
    public func difference(to first: Figure) -> Interval? {
        guard let before = first.interval, let now = interval, before.level == now.level,
            [before.lower, before.upper, now.lower, now.upper, value, first.value].allSatisfy(\.isFinite)
        else { return nil }
        func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        let difference = value - first.value
        return Interval(
            lower: difference - root(value - now.lower, before.upper - first.value),
            upper: difference + root(now.upper - value, first.value - before.lower), level: now.level)
    }
}
