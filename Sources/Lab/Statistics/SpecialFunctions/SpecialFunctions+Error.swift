import RealModule

extension SpecialFunctions {
    /// erf x = 2 / √π ∫₀ˣ exp(−t²) dt.
    public static func erf(_ x: Double) -> Double { Double.erf(x) }

    /// 1 − erf x, to full precision where it is small.
    public static func erfc(_ x: Double) -> Double { Double.erfc(x) }

    /// exp(x²) erfc x, which neither under- nor overflows for x > 0.
    ///
    /// Source: DLMF 7.12.1 from x = 10 on.
    public static func erfcx(_ x: Double) -> Double {
        if x < 10 {
            let square = x * x
            // What rounding took from the square, as a factor.
            let rest = (-square).addingProduct(x, x)
            return Double.exp(square) * (1 + rest) * Double.erfc(x)
        }
        let half = 0.5 / (x * x)
        var (term, sum, index) = (1.0, 1.0, 1.0)
        while abs(term) > 1e-17, index < 40 {
            term *= -half * (2 * index - 1)
            sum += term
            index += 1
        }
        return sum / (x * Double.pi.squareRoot())
    }

    /// The y with erf y = x, for −1 ≤ x ≤ 1.
    public static func inverseErf(_ x: Double) -> Double {
        if !(abs(x) <= 1) { return .nan }
        if abs(x) > 0.5 { return x > 0 ? inverseErfc(1 - x) : -inverseErfc(1 + x) }
        // Halley's method from the series' first terms; erf is precise near 0, and so is its inverse.
        let slope = 2 / Double.pi.squareRoot()
        var y = x / slope * (1 + Double.pi / 12 * x * x)
        for _ in 0..<4 {
            let step = (Double.erf(y) - x) / (slope * Double.exp(-y * y))
            y -= step / (1 + y * step)
        }
        return y
    }

    /// The y with erfc y = x, for 0 ≤ x ≤ 2.
    public static func inverseErfc(_ x: Double) -> Double {
        if !(x >= 0 && x <= 2) { return .nan }
        if x > 0.5 { return x < 1.5 ? inverseErf(1 - x) : -inverseErfc(2 - x) }
        if x == 0 { return .infinity }
        return logarithmicInverse(logarithmOfHalf: Double.log(x / 2)) * 0.5.squareRoot()
    }

    /// The z > 0 with log Φ(−z) = the given logarithm, which is at most log ¼.
    ///
    /// Newton's method on log Φ, whose derivative is φ / Φ = √(2/π) / erfcx(z / √2), so that nothing underflows.
    static func logarithmicInverse(logarithmOfHalf target: Double) -> Double {
        if target == -.infinity { return .infinity }
        // z² ≈ −2 log p − log(−4π log p) far out; any start to the right side converges, since log Φ is concave.
        var z = (-2 * target).squareRoot()
        for _ in 0..<60 {
            let scaled = erfcx(z * 0.5.squareRoot())
            let error = Double.log(0.5 * scaled) - 0.5 * z * z - target
            let step = error * scaled * (Double.pi / 2).squareRoot()
            z += step
            if abs(step) <= 1e-15 * z { break }
        }
        return z
    }
}
