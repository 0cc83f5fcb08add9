/// A range that covers what is estimated with the stated probability.
public struct Interval: Sendable, Hashable, Codable {
    public let lower: Double
    public let upper: Double
    /// The nominal coverage, in (0, 1): 0.95 for a 95 % interval.
    public let level: Double

    public init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    public var width: Double { upper - lower }

    /// Whether `value` lies in the interval, ends included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

    /// The interval of the estimate multiplied by `factor`.
    public func scaled(by factor: Double) -> Interval {
        let ends = (lower * factor, upper * factor)
        return Interval(lower: min(ends.0, ends.1), upper: max(ends.0, ends.1), level: level)
    }
}

/// An estimate with its uncertainty.
public struct Estimate: Sendable, Hashable, Codable {
    public let value: Double
    /// In the unit of `value`; not a number where one observation gives none.
    public let standardError: Double
    public let interval: Interval
    /// Number of observations behind it.
    public let count: Int

    public init(value: Double, standardError: Double, interval: Interval, count: Int) {
        self.value = value
        self.standardError = standardError
        self.interval = interval
        self.count = count
    }
}
