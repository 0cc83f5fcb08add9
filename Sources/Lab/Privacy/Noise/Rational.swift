/// An exact fraction of two non-negative integers in lowest terms: privacy parameters without rounding.
public struct Rational: Hashable, Sendable, CustomStringConvertible {
    public let numerator: UInt64
    /// At least 1.
    public let denominator: UInt64

    /// Throws `PrivacyError.parameter` for a denominator of 0.
    public init(_ numerator: UInt64, _ denominator: UInt64 = 1) throws {
        guard denominator > 0 else {
            throw PrivacyError.parameter("fraction", "\(numerator)/0", needs: "a denominator above 0")
        }
        var (a, b) = (numerator, denominator)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / a
        self.denominator = denominator / a
    }

    /// The decimal number that `value` is written as: 0.1 is 1/10, not the binary fraction next to it.
    ///
    /// Throws `PrivacyError.parameter` for what is negative, not finite, or has more than 9 digits behind the point.
    public init(decimal value: Double) throws {
        let problem = PrivacyError.parameter(
            "decimal number", "\(value)", needs: "0 to 1,000,000,000 with at most 9 digits behind the point")
        guard value >= 0, value <= 1e9 else { throw problem }
        let scaled = (value * 1e9).rounded()
        // The nearest multiple of 1e-9 must read back as the same number, else digits would be lost.
        guard scaled / 1e9 == value else { throw problem }
        try self.init(UInt64(scaled), 1_000_000_000)
    }

    /// For reports; never for sampling.
    public var value: Double { Double(numerator) / Double(denominator) }

    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
