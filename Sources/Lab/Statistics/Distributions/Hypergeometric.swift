import RealModule

/// The number of successes among `draws` without replacement.
public struct Hypergeometric: DiscreteDistribution, Hashable {
    /// In the population.
    public let successes: Int
    /// In the population.
    public let failures: Int
    public let draws: Int

    /// - Parameter draws: at most `successes` + `failures`.
    public init(successes: Int, failures: Int, draws: Int) {
        self.successes = successes
        self.failures = failures
        self.draws = draws
    }

    /// The counts of positive probability.
    public var support: ClosedRange<Int> { max(0, draws - failures)...min(draws, successes) }

    public var mean: Double { Double(draws) * Double(successes) / Double(successes + failures) }

    public var variance: Double {
        let total = Double(successes + failures)
        return mean * Double(failures) / total * (total - Double(draws)) / (total - 1)
    }

    /// Source: Loader 2000, section 5: three binomial masses whose common probability cancels.
    public func logMass(_ count: Int) -> Double {
        guard support.contains(count) else { return -.infinity }
        let total = Double(successes + failures)
        let p = Double(draws) / total
        let q = Double(successes + failures - draws) / total
        return SaddlePoint.logBinomialMass(Double(count), Double(successes), p, q)
            + SaddlePoint.logBinomialMass(Double(draws - count), Double(failures), p, q)
            - SaddlePoint.logBinomialMass(Double(draws), total, p, q)
    }

    /// P(X ≤ count), as a sum of masses from the far end.
    public func cdf(_ count: Int) -> Double {
        if count >= support.upperBound { return 1 }
        if count < support.lowerBound { return 0 }
        if Double(count) > mean { return 1 - sum((count + 1)...support.upperBound) }
        return sum(support.lowerBound...count)
    }

    /// P(X > count).
    public func upperTail(_ count: Int) -> Double {
        if count >= support.upperBound { return 0 }
        if count < support.lowerBound { return 1 }
        if Double(count) < mean { return 1 - sum(support.lowerBound...count) }
        return sum((count + 1)...support.upperBound)
    }

    private func sum(_ counts: ClosedRange<Int>) -> Double { min(1, compensatedSum(counts.lazy.map(mass))) }
}
