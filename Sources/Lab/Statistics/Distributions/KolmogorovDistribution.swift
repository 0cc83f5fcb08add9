import RealModule

/// The law of the greatest distance between an empirical and its continuous distribution function.
public enum KolmogorovDistribution {
    /// P(√n Dₙ > x) for n → ∞.
    ///
    /// Source: Kolmogorov 1933: 2 Σ (−1)^{k−1} e^{−2k²x²}; for x < 1 by Jacobi's transformation of that series.
    public static func upperTail(_ x: Double) -> Double {
        if x.isNaN { return .nan }
        if x < 1 { return 1 - cdf(x) }
        var sum = 0.0
        for k in stride(from: 7.0, through: 1, by: -1) {
            sum += (k.truncatingRemainder(dividingBy: 2) == 1 ? 2 : -2) * Double.exp(-2 * k * k * x * x)
        }
        return sum
    }

    /// P(√n Dₙ ≤ x) for n → ∞.
    public static func cdf(_ x: Double) -> Double {
        if x >= 1 { return 1 - upperTail(x) }
        if !(x > 0) { return x.isNaN ? .nan : 0 }
        let exponent = Double.pi * Double.pi / (8 * x * x)
        let sum = [7.0, 5, 3, 1].reduce(0) { $0 + Double.exp(-$1 * $1 * exponent) }
        return (2 * Double.pi).squareRoot() / x * sum
    }

    /// P(Dₙ ≥ distance) of `count` observations.
    ///
    /// Source: where n d² is large, twice the one-sided tail, whose error is below 1e-15 of it from n d² = 4 on (Simard and
    /// L'Ecuyer, "Computing the Two-Sided Kolmogorov-Smirnov Distribution", JSS 39, 2011, section 3.2); below, 1 − the power
    /// of Durbin's matrix (Marsaglia, Tsang and Wang, JSS 8(18), 2003).
    public static func upperTail(_ distance: Double, count: Int) -> Double {
        if distance >= 1 { return 0 }
        if distance <= 0.5 / Double(count) { return distance.isNaN ? .nan : 1 }
        let n = Double(count)
        if n * distance * distance >= 4 || distance >= 0.5 { return min(1, 2 * oneSidedTail(distance, count: count)) }
        return max(0, 1 - durbin(distance, count: count))
    }

    /// P(Dₙ⁺ ≥ distance), as a sum of positive terms.
    ///
    /// Source: Smirnov 1944; Birnbaum and Tingey, Annals of Mathematical Statistics 22, 1951, equation 3.0.
    public static func oneSidedTail(_ distance: Double, count: Int) -> Double {
        if distance <= 0 { return 1 }
        if distance >= 1 { return 0 }
        let n = Double(count)
        var sum = Double.exp(n * Double.log(onePlus: -distance))
        for j in stride(from: 1, through: Int(n * (1 - distance)), by: 1) {
            let share = Double(j) / n + distance
            if share >= 1 { break }
            // C(n, j) sʲ (1 − s)^{n−j}, of which one factor s is taken away again.
            sum += distance / share * SaddlePoint.binomialMass(Double(j), n, share, 1 - share)
        }
        return min(1, sum)
    }

    private static func durbin(_ distance: Double, count: Int) -> Double {
        let n = Double(count)
        let k = Int(n * distance) + 1
        let (size, h) = (2 * k - 1, Double(k) - n * distance)
        var matrix = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size where row - column + 1 >= 0 { matrix[row * size + column] = 1 }
        }
        for row in 0..<size {
            matrix[row * size] -= Double.pow(h, row + 1)
            matrix[(size - 1) * size + row] -= Double.pow(h, size - row)
        }
        matrix[(size - 1) * size] += 2 * h - 1 > 0 ? Double.pow(2 * h - 1, size) : 0
        for row in 0..<size {
            for column in 0..<size where row - column + 1 > 0 {
                for divisor in 1...(row - column + 1) { matrix[row * size + column] /= Double(divisor) }
            }
        }
        // n! / nⁿ in step with the powers, so that nothing overflows: a vector instead of a matrix power suffices.
        var vector = [Double](repeating: 0, count: size)
        vector[k - 1] = 1
        for step in 1...count {
            var next = [Double](repeating: 0, count: size)
            for row in 0..<size where vector[row] != 0 {
                for column in 0..<size { next[column] += vector[row] * matrix[row * size + column] }
            }
            vector = next.map { $0 * Double(step) / n }
        }
        return vector[k - 1]
    }
}
