/// Count, mean and sum of squared deviations of a sample, which can be fed one by one and merged.
///
/// Source: Welford 1962 for one observation; Chan, Golub and LeVeque 1983 for two samples.
public struct Moments: Sendable, Hashable, Codable {
    public private(set) var count = 0
    public private(set) var mean = 0.0
    /// Σ (x − mean)².
    public private(set) var squaredDeviations = 0.0

    public init() {}

    /// The moments of `values`.
    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    /// The moments of a sample that is known by its figures only; the variance has the divisor count − 1.
    public init(count: Int, mean: Double, variance: Double) {
        self.count = count
        self.mean = mean
        squaredDeviations = variance * Double(max(0, count - 1))
    }

    public mutating func add(_ value: Double) {
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squaredDeviations += difference * (value - mean)
    }

    public mutating func merge(_ other: Moments) {
        if other.count == 0 { return }
        let total = count + other.count
        let difference = other.mean - mean
        mean += difference * Double(other.count) / Double(total)
        squaredDeviations +=
            other.squaredDeviations + difference * difference * Double(count) * Double(other.count) / Double(total)
        count = total
    }

    /// With the divisor count − 1; not a number below two observations.
    public var variance: Double { count < 2 ? .nan : squaredDeviations / Double(count - 1) }
    public var deviation: Double { variance.squareRoot() }
    /// Of the mean.
    public var standardError: Double { (variance / Double(count)).squareRoot() }
}
