/// Lets an agent try things only while all customers together stay near what today's policy would have brought: at every
/// moment the sum of values is at least (1 − α) of the baseline's.
///
/// Each customer is either explored on or served by the baseline. A customer that is being explored on counts with the
/// least value that can come of them until their value is known, so the promise holds whatever happens.
/// Source: Wu, Shariff, Lattimore and Szepesvári, "Conservative Bandits", ICML 2016, equation 2, with a baseline whose mean
/// is known; for episodes Garcelon, Ghavamzadeh, Lazaric and Pirotta, AISTATS 2020.
public struct ConservativeBudget: Codable, Sendable, Equatable {
    /// α: what may be given up, in shares of the baseline's value; in [0, 1).
    public let allowance: Double
    /// Mean value of a customer under the baseline, currency units; positive.
    public let baseline: Double
    /// The least value that a customer can have, currency units.
    public let worst: Double
    /// Customers whose value is known or promised, by who served them.
    public private(set) var explored = 0
    public private(set) var served = 0
    /// Customers that are being explored on.
    public private(set) var pending = 0
    /// Sum of the values of those explored on.
    public private(set) var exploredValue = 0.0

    /// Throws `PolicyError.invalidSetting` for a value that cannot work.
    public init(allowance: Double, baseline: Double, worst: Double) throws {
        try PolicyError.require((0..<1).contains(allowance), "allowance", allowance, "in [0, 1)")
        try PolicyError.require(baseline > 0 && baseline.isFinite, "baseline", baseline, "positive")
        try PolicyError.require(worst.isFinite && worst <= baseline, "worst", worst, "at most the baseline's value")
        self.allowance = allowance
        self.baseline = baseline
        self.worst = worst
    }

    /// Decides who serves the next customer; true for exploring, which must be settled by `settle(_:)`.
    public mutating func begin() -> Bool {
        let customers = Double(explored + served + pending + 1)
        let certain = exploredValue + Double(served) * baseline + Double(pending + 1) * worst
        guard certain >= (1 - allowance) * customers * baseline else {
            served += 1
            return false
        }
        pending += 1
        return true
    }

    /// Takes the value of a customer that was explored on.
    public mutating func settle(_ value: Double) {
        pending -= 1
        explored += 1
        exploredValue += value
    }

    /// The sum of values beside what was promised, currency units; never negative when values are at least `worst`.
    public var reserve: Double {
        exploredValue + Double(served) * baseline + Double(pending) * worst
            - (1 - allowance) * Double(explored + served + pending) * baseline
    }
}
