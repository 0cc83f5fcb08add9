public import LabNumerics
import RealModule

/// A distribution on whole numbers from 0.
public protocol DiscreteDistribution: Sendable {
    /// log P(X = count).
    func logMass(_ count: Int) -> Double
    /// P(X ≤ count).
    func cdf(_ count: Int) -> Double
    /// P(X > count), without the cancellation of 1 − cdf.
    func upperTail(_ count: Int) -> Double
    /// The counts of positive probability; the upper end is `Int.max` where there is none.
    var support: ClosedRange<Int> { get }
    var mean: Double { get }
    var variance: Double { get }
    /// One draw.
    func sample(from stream: inout RandomStream) -> Int
}

extension DiscreteDistribution {
    /// P(X = count).
    public func mass(_ count: Int) -> Double { Double.exp(logMass(count)) }

    /// The least count with P(X ≤ count) ≥ `probability`; nil outside [0, 1], and at 1 of a support without end.
    public func quantile(_ probability: Double) -> Int? {
        guard probability >= 0, probability <= 1 else { return nil }
        return search(z: Normal.quantile(probability)) { cdf($0) >= probability }
    }

    /// The least count with P(X > count) ≤ `probability`; nil outside [0, 1], and at 0 of a support without end.
    public func upperQuantile(_ probability: Double) -> Int? {
        guard probability >= 0, probability <= 1 else { return nil }
        return search(z: -Normal.quantile(probability)) { upperTail($0) <= probability }
    }

    /// By inversion.
    public func sample(from stream: inout RandomStream) -> Int {
        quantile(stream.nextDouble()) ?? support.lowerBound
    }

    /// The least count in the support for which `holds`, which stays true once it is.
    private func search(z: Double, _ holds: (Int) -> Bool) -> Int? {
        if z == -.infinity || holds(support.lowerBound) { return support.lowerBound }
        if z == .infinity { return support.upperBound == .max ? nil : support.upperBound }
        // A bracket grown from where the normal approximation has the quantile.
        let width = variance.squareRoot() + 1
        let guess = min(max(mean + z * width, Double(support.lowerBound)), Double(min(support.upperBound, 1 << 52)))
        var (low, high, reach) = (Int(guess), Int(guess), max(1, Int(min(width, 1e15) / 4)))
        while high < support.upperBound, !holds(high) {
            low = high
            high = support.upperBound - reach < high ? support.upperBound : high + reach
            reach *= 2
        }
        while low > support.lowerBound, holds(low) {
            high = low
            low = max(support.lowerBound, low - reach)
            reach *= 2
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
