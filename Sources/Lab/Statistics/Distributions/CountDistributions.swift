import RealModule

/// The number of successes in independent trials.
public struct Binomial: DiscreteDistribution, Hashable {
    public let trials: Int
    public let probability: Double

    public init(trials: Int, probability: Double) {
        self.trials = trials
        self.probability = probability
    }

    public var support: ClosedRange<Int> { 0...trials }
    public var mean: Double { Double(trials) * probability }
    public var variance: Double { Double(trials) * probability * (1 - probability) }

    /// Source: Loader 2000.
    public func logMass(_ count: Int) -> Double {
        SaddlePoint.logBinomialMass(Double(count), Double(trials), probability, 1 - probability)
    }

    public func cdf(_ count: Int) -> Double { tails(count).upper }
    public func upperTail(_ count: Int) -> Double { tails(count).lower }

    /// Source: DLMF 8.17.5.
    private func tails(_ count: Int) -> (lower: Double, upper: Double) {
        if count < 0 { return (1, 0) }
        if count >= trials { return (0, 1) }
        return SpecialFunctions.incompleteBeta(Double(count + 1), Double(trials - count), probability)
    }
}

/// The number of events at a constant rate.
public struct Poisson: DiscreteDistribution, Hashable {
    public let mean: Double

    public init(mean: Double) { self.mean = mean }

    public var support: ClosedRange<Int> { 0...Int.max }
    public var variance: Double { mean }

    /// Source: Loader 2000.
    public func logMass(_ count: Int) -> Double {
        if count < 0 { return -.infinity }
        if count == 0 || mean == 0 { return count == 0 ? -mean : -.infinity }
        return SaddlePoint.logPoisson(Double(count), mean)
    }

    /// Source: DLMF 8.4.10.
    public func cdf(_ count: Int) -> Double {
        count < 0 ? 0 : SpecialFunctions.incompleteGamma(Double(count) + 1, mean).upper
    }
    public func upperTail(_ count: Int) -> Double {
        count < 0 ? 1 : SpecialFunctions.incompleteGamma(Double(count) + 1, mean).lower
    }
}

/// The number of failures before a number of successes, or a Poisson number whose rate varies as a gamma.
public struct NegativeBinomial: DiscreteDistribution, Hashable {
    /// Number of successes, or the gamma's shape: positive, not necessarily whole.
    public let size: Double
    /// Of a success.
    public let probability: Double

    public init(size: Double, probability: Double) {
        self.size = size
        self.probability = probability
    }

    public var support: ClosedRange<Int> { 0...Int.max }
    public var mean: Double { size * (1 - probability) / probability }
    public var variance: Double { mean / probability }

    /// Source: Loader 2000: a binomial mass with size + count trials, times size / (size + count).
    public func logMass(_ count: Int) -> Double {
        if count < 0 { return -.infinity }
        let total = size + Double(count)
        return SaddlePoint.logBinomialMass(size, total, probability, 1 - probability) + Double.log(size / total)
    }

    /// Source: DLMF 8.17.5 after summation by parts: P(X ≤ k) = I_p(size, k + 1).
    public func cdf(_ count: Int) -> Double {
        count < 0 ? 0 : SpecialFunctions.incompleteBeta(size, Double(count) + 1, probability).lower
    }
    public func upperTail(_ count: Int) -> Double {
        count < 0 ? 1 : SpecialFunctions.incompleteBeta(size, Double(count) + 1, probability).upper
    }
}
