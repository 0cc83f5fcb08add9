import RealModule

/// Intervals of a mean that hold at all times together, however often and whenever one looks and stops.
///
/// The probability that any interval of the sequence misses the mean is at most 1 − level.
public protocol ConfidenceSequence: Sendable {
    /// Takes in one observation and gives the interval as it is then.
    ///
    /// - Throws: `StatisticsError.outOfRange` for a value that the sequence is not made for; nothing is taken in then.
    @discardableResult mutating func observe(_ value: Double) throws -> Interval
    /// From all observations so far; before the first one, all that is possible.
    var interval: Interval { get }
    var count: Int { get }
}

extension StatisticsError {
    static func checkUnit(_ value: Double) throws {
        if !(value >= 0 && value <= 1) {
            throw outOfRange(name: "observation", value: "\(value)", allowed: "in [0, 1]")
        }
    }
}

/// The mean of sub-Gaussian observations, such as normal ones of known variance or bounded ones.
///
/// x̄ ± u(n σ²) / n with a uniform boundary u at 1 − level, two-sided.
/// Source: Howard and others 2021, section 2.
public struct SubGaussianSequence: ConfidenceSequence {
    public private(set) var count = 0
    public private(set) var interval: Interval
    private let boundary: NormalMixture
    private let variance: Double
    private var sum = 0.0

    /// - Parameters:
    ///   - variance: an upper bound of each observation's variance proxy; width² / 4 for bounded observations.
    ///   - tightestAt: the number of observations at which the interval is to be tightest.
    public init(variance: Double, tightestAt observations: Int, level: Double = 0.95) {
        self.variance = variance
        boundary = NormalMixture(tightestAt: variance * Double(observations), alpha: 1 - level)
        interval = Interval(lower: -.infinity, upper: .infinity, level: level)
    }

    @discardableResult public mutating func observe(_ value: Double) throws -> Interval {
        guard value.isFinite else {
            throw StatisticsError.outOfRange(name: "observation", value: "\(value)", allowed: "finite")
        }
        count += 1
        sum += value
        let n = Double(count)
        let reach = boundary.bound(variance: n * variance, alpha: 1 - interval.level) / n
        interval = Interval(lower: sum / n - reach, upper: sum / n + reach, level: interval.level)
        return interval
    }
}

/// The probability of a success, from a beta mixture at each candidate: the tightest for binary observations.
///
/// Source: Howard and others 2021, section 4.3 and proposition 7: all p whose mixture of S = n (p̂ − p), V = n p (1 − p) is
/// below 1 / alpha; ends by bisection.
public struct BernoulliSequence: ConfidenceSequence {
    public private(set) var count = 0
    public private(set) var successes = 0.0
    public let level: Double
    private let tightest: Double

    public init(tightestAt observations: Int, level: Double = 0.95) {
        self.level = level
        tightest = Double(observations)
    }

    @discardableResult public mutating func observe(_ value: Double) throws -> Interval {
        guard value == 0 || value == 1 else {
            throw StatisticsError.outOfRange(name: "observation", value: "\(value)", allowed: "0 or 1")
        }
        count += 1
        successes += value
        return interval
    }

    public var interval: Interval {
        Self.interval(successes: successes, trials: Double(count), tightestAt: tightest, level: level)
    }

    /// The interval that a sequence has after `trials` observations.
    ///
    /// - Parameter tuned: the alpha for which the mixture is tuned.
    public static func interval(
        successes: Double, trials: Double, tightestAt observations: Double, level: Double = 0.95, tuned: Double? = nil
    ) -> Interval {
        if trials == 0 { return Interval(lower: 0, upper: 1, level: level) }
        let center = successes / trials
        func isInside(_ p: Double) -> Bool {
            let spread = p * (1 - p)
            if spread <= 0 { return false }
            let mixture = BetaBinomialMixture(
                tightestAt: spread * observations, g: p, h: 1 - p, alpha: tuned ?? (1 - level))
            return mixture.logarithm(sum: (center - p) * trials, variance: spread * trials) < -.log(1 - level)
        }
        /// Between an end outside and the estimate inside.
        func edge(_ end: Double) -> Double {
            var (outside, inside) = (end, center)
            while abs(inside - outside) > 1e-15 * max(inside, outside) {
                let middle = outside + (inside - outside) / 2
                if middle == outside || middle == inside { break }
                if isInside(middle) { inside = middle } else { outside = middle }
            }
            return outside + (inside - outside) / 2
        }
        return Interval(
            lower: successes > 0 ? edge(0) : 0, upper: successes < trials ? edge(1) : 1, level: level)
    }
}
