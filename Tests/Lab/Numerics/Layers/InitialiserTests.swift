import Foundation
import LabNumerics
import Testing

@Suite struct InitialiserTests {
    struct Moments: Sendable {
        let initialiser: Initialiser
        let mean: Double
        let variance: Double
    }

    static let moments: [Moments] = [
        Moments(initialiser: .uniform(bound: 0.3), mean: 0, variance: 0.03),
        Moments(initialiser: .normal(mean: 1, deviation: 0.5), mean: 1, variance: 0.25),
        // The variance of a standard normal cut at ±2 is 1 − 4 φ(2) / (2 Φ(2) − 1).
        Moments(initialiser: .truncatedNormal(deviation: 0.02), mean: 0, variance: 0.000_309_496),
        Moments(initialiser: .xavierUniform(), mean: 0, variance: 0.008),
        Moments(initialiser: .xavierNormal(gain: 2), mean: 0, variance: 0.032),
        Moments(initialiser: .kaimingUniform(), mean: 0, variance: 0.04),
        Moments(initialiser: .kaimingNormal(gain: 1), mean: 0, variance: 0.02),
        Moments(initialiser: .constant(3), mean: 3, variance: 0),
    ]

    /// Mean and variance of 200 × 50 draws against PyTorch's formulas, within five standard errors.
    @Test(arguments: moments)
    func momentsAreThoseOfTheFormula(_ moments: Moments) {
        let (mean, variance) = (moments.mean, moments.variance)
        let weight = moments.initialiser.matrix(rows: 200, columns: 50, stream: RandomStream(seed: 4, name: "weights"))
        let draws = weight.elements.map(Double.init)
        let found = draws.reduce(0, +) / 10_000
        let spread = draws.reduce(0) { $0 + ($1 - found) * ($1 - found) } / 10_000
        #expect(abs(found - mean) <= 5 * (variance / 10_000).squareRoot())
        #expect(abs(spread - variance) <= 5 * variance * (2.0 / 10_000).squareRoot())
    }

    @Test func boundsHold() {
        let stream = RandomStream(seed: 4, name: "weights")
        let cut = Initialiser.truncatedNormal(mean: 1, deviation: 0.1, limit: 1.5)
        let largest = cut.matrix(rows: 100, columns: 100, stream: stream).elements.map { abs($0 - 1) }.max() ?? 0
        #expect(largest <= 0.15 + 1e-6 && largest > 0.149)
        let uniform = Initialiser.kaimingUniform(gain: 1).matrix(rows: 10, columns: 300, stream: stream)
        #expect(uniform.elements.allSatisfy { abs($0) <= 0.1 })
    }

    @Test func theStreamDecides() {
        let initialiser = Initialiser.xavierNormal()
        let stream = RandomStream(seed: 4, name: "weights")
        let first = initialiser.matrix(rows: 3, columns: 4, stream: stream)
        #expect(initialiser.matrix(rows: 3, columns: 4, stream: stream) == first)
        #expect(initialiser.matrix(rows: 3, columns: 4, stream: stream.child("other")) != first)
    }
}
