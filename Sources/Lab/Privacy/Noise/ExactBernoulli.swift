/// Random choices of exactly rational or exponential probability, in integers only.
///
/// Canonne, Kamath, Steinke: The Discrete Gaussian for Differential Privacy (2020), algorithm 1. Floating-point noise
/// leaks through the gaps between representable numbers (Mironov 2012); integers have none.
enum ExactBernoulli {
    /// Uniform in 0 ..< `bound`, by rejection of masked bits. `bound` is at least 1.
    static func uniform(below bound: UInt128, _ generator: inout some RandomNumberGenerator) -> UInt128 {
        let mask = UInt128.max >> UInt128((bound - 1).leadingZeroBitCount.clamped(to: 0...127))
        while true {
            var draw = UInt128(generator.next())
            if mask > UInt128(UInt64.max) { draw |= UInt128(generator.next()) << 64 }
            draw &= mask
            if draw < bound { return draw }
        }
    }

    /// True with probability `numerator`/`denominator` ≤ 1.
    static func fraction(
        _ numerator: UInt128, _ denominator: UInt128, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        uniform(below: denominator, &generator) < numerator
    }

    /// True with probability exp(−`numerator`/`denominator`).
    static func exponential(
        _ numerator: UInt128, _ denominator: UInt128, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        var rest = numerator
        while rest > denominator {
            guard belowOne(1, 1, &generator) else { return false }
            rest -= denominator
        }
        return belowOne(rest, denominator, &generator)
    }

    /// exp(−γ) for γ ≤ 1: the first failure among Bernoulli(γ/k), k = 1, 2, …, comes at an odd k.
    private static func belowOne(
        _ numerator: UInt128, _ denominator: UInt128, _ generator: inout some RandomNumberGenerator
    ) -> Bool {
        var k: UInt128 = 1
        while fraction(numerator, denominator * k, &generator) { k += 1 }
        return k % 2 == 1
    }
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
