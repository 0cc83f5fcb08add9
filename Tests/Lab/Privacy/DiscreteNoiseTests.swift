import Foundation
import LabNumerics
import LabTestKit
import Testing

@testable import LabPrivacy

/// The distributions against 50-digit figures, the samplers against the distributions.
@Suite struct DiscreteNoiseTests {
    struct Reference: Decodable {
        struct Laplace: Decodable {
            let scale: Double
            let probabilities: [Double]
            let variance: Double
            let tails: [String: Double]
        }
        struct Gaussian: Decodable {
            let sigma: Double
            let probabilities: [Double]
            let variance: Double
            let tails: [String: Double]
        }
        struct Delta: Decodable {
            let sigma: Double
            let epsilon: Double
            let delta: Double
        }
        let laplace: [Laplace]
        let gaussian: [Gaussian]
        let delta: [Delta]
    }

    let reference: Reference

    init() throws {
        reference = try Fixture.json("Privacy/discrete-noise.json")
    }

    func expectClose(_ found: Double, _ expected: Double, _ tolerance: Double, _ what: String) {
        guard expected > 1e-290 else { return }
        #expect(abs(found / expected - 1) <= tolerance, "\(what): \(found) instead of \(expected)")
    }

    @Test func laplaceAgreesWithTheReference() throws {
        for row in reference.laplace {
            let noise = try DiscreteLaplace(scale: Rational(decimal: row.scale))
            for (x, expected) in row.probabilities.enumerated() {
                expectClose(noise.probability(of: x), expected, 1e-12, "scale \(row.scale) P(\(x))")
                #expect(noise.probability(of: -x) == noise.probability(of: x))
            }
            expectClose(noise.variance, row.variance, 1e-12, "scale \(row.scale) variance")
            for (x, expected) in row.tails {
                let k = try #require(Int(x))
                expectClose(noise.upperTail(k), expected, 1e-12, "scale \(row.scale) tail \(k)")
                #expect(abs(noise.upperTail(1 - k) - (1 - expected)) < 1e-12)
            }
        }
    }

    @Test func gaussianAgreesWithTheReference() throws {
        for row in reference.gaussian {
            let square = try Rational(decimal: (row.sigma * row.sigma * 1e6).rounded() / 1e6)
            let noise = try DiscreteGaussian(squaredSigma: square)
            for (x, expected) in row.probabilities.enumerated() {
                expectClose(noise.probability(of: x), expected, 2e-12, "sigma \(row.sigma) P(\(x))")
            }
            expectClose(noise.variance, row.variance, 1e-12, "sigma \(row.sigma) variance")
            for (x, expected) in row.tails {
                expectClose(noise.upperTail(try #require(Int(x))), expected, 2e-12, "sigma \(row.sigma) tail \(x)")
            }
        }
        for row in reference.delta where row.delta > 1e-250 {
            let square = try Rational(decimal: (row.sigma * row.sigma * 1e6).rounded() / 1e6)
            let found = try DiscreteGaussian(squaredSigma: square).delta(epsilon: row.epsilon)
            expectClose(found, row.delta, 1e-10, "delta at sigma \(row.sigma), epsilon \(row.epsilon)")
        }
    }

    /// Pearson's statistic and its limit: over the cells with at least 20 expected draws, against the 1 − 10⁻⁴ quantile of its
    /// distribution (Wilson and Hilferty 1931).
    func fit(_ draws: [Int], _ probability: (Int) -> Double) -> (statistic: Double, limit: Double) {
        var counts: [Int: Int] = [:]
        for draw in draws { counts[draw, default: 0] += 1 }
        let total = Double(draws.count)
        var statistic = 0.0
        var cells = 0
        var restFound = total
        var restExpected = total
        for x in -5000...5000 {
            let expected = total * probability(x)
            guard expected >= 20 else { continue }
            let found = Double(counts[x] ?? 0)
            statistic += (found - expected) * (found - expected) / expected
            restFound -= found
            restExpected -= expected
            cells += 1
        }
        if restExpected > 5 {
            statistic += (restFound - restExpected) * (restFound - restExpected) / restExpected
            cells += 1
        }
        let freedom = Double(cells - 1)
        let spread = 2 / (9 * freedom)
        let root = 1 - spread + 3.719 * spread.squareRoot()
        return (statistic, freedom * root * root * root)
    }

    func expectFits(_ draws: [Int], _ probability: (Int) -> Double, _ what: String) {
        let (statistic, limit) = fit(draws, probability)
        #expect(statistic < limit, "\(what)")
    }

    @Test(arguments: [(1, 4), (1, 2), (1, 1), (3, 2), (5, 1), (20, 1), (10, 7)])
    func laplaceDrawsFit(_ numerator: UInt64, _ denominator: UInt64) throws {
        let noise = try DiscreteLaplace(scale: Rational(numerator, denominator))
        var stream = RandomStream(seed: 7, name: "laplace \(numerator)/\(denominator)")
        expectFits((0..<40_000).map { _ in noise.sample(&stream) }, noise.probability, "\(noise)")
    }

    @Test(arguments: [(1, 4), (1, 2), (1, 1), (9, 2), (25, 1), (400, 3)])
    func gaussianDrawsFit(_ numerator: UInt64, _ denominator: UInt64) throws {
        let noise = try DiscreteGaussian(squaredSigma: Rational(numerator, denominator))
        var stream = RandomStream(seed: 8, name: "gaussian \(numerator)/\(denominator)")
        expectFits(try (0..<40_000).map { _ in try noise.sample(&stream) }, noise.probability, "\(noise)")
    }

    /// The same draws do not fit a scale that is 5 % off, so the test above can fail.
    @Test func theFitTestHasPower() throws {
        let noise = try DiscreteLaplace(scale: Rational(5))
        let other = try DiscreteLaplace(scale: Rational(525, 100))
        var stream = RandomStream(seed: 7, name: "laplace 5/1")
        let draws = (0..<40_000).map { _ in noise.sample(&stream) }
        let (statistic, limit) = fit(draws, other.probability)
        #expect(statistic > limit)
    }

    @Test func cryptographicDrawsHaveTheRightSpread() throws {
        let noise = try DiscreteLaplace(sensitivity: 1, epsilon: Rational(1, 2))
        let draws = NoiseSource.cryptographic.draw(noise, count: 20_000).map(Double.init)
        let mean = draws.reduce(0, +) / 20_000
        // Six standard errors: fails by chance once in 5 · 10⁸ runs.
        #expect(abs(mean) < 6 * (noise.variance / 20_000).squareRoot())
        #expect(NoiseSource.cryptographic.draw(noise, count: 50) != NoiseSource.cryptographic.draw(noise, count: 50))
        let seeded = NoiseSource.simulation(RandomStream(seed: 1, name: "x"))
        #expect(seeded.draw(noise, count: 50) == seeded.draw(noise, count: 50))
    }

    @Test func halfWidthCovers() throws {
        for scale in [1, 2, 10] as [UInt64] {
            let noise = try DiscreteLaplace(scale: Rational(scale))
            let k = noise.halfWidth(level: 0.95)
            #expect((-k...k).reduce(0) { $0 + noise.probability(of: $1) } >= 0.95)
            #expect((-k + 1...k - 1).reduce(0) { $0 + noise.probability(of: $1) } < 0.95)
        }
    }

    @Test func fractionsAreExact() throws {
        #expect(try Rational(decimal: 0.1) == Rational(1, 10))
        #expect(try Rational(decimal: 0.3) == Rational(3, 10))
        #expect(try Rational(6, 4) == Rational(3, 2))
        for bad in [-1, .nan, .infinity, 1e10, 0.12345678912] {
            #expect(throws: PrivacyError.self) { try Rational(decimal: bad) }
        }
        #expect(throws: PrivacyError.self) { try Rational(1, 0) }
        #expect(throws: PrivacyError.self) { try DiscreteLaplace(sensitivity: 1, epsilon: Rational(0)) }
        #expect(throws: PrivacyError.self) { try DiscreteLaplace(sensitivity: 0, epsilon: Rational(1)) }
        #expect(throws: PrivacyError.self) { try DiscreteGaussian(squaredSigma: Rational(0)) }
    }
}
