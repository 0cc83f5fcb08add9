import Foundation
import LabNumerics
import LabStatistics
import Testing

@Suite struct DistributionTests {
    /// One row of `distributions.json`: function, parameters, argument, value.
    struct Row: Decodable {
        let function: String
        let parameters: [Double]
        let argument: Double
        let value: Double

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            function = try row.decode(String.self)
            parameters = try row.decode([Double].self)
            argument = try row.decode(Double.self)
            value = try row.decode(Double.self)
        }
    }

    static func distribution(_ row: Row) -> (any ContinuousDistribution)? {
        switch row.function.prefix(while: { $0 != "." }) {
        case "normal": Normal()
        case "t": StudentT(degreesOfFreedom: row.parameters[0])
        case "chi2": ChiSquared(degreesOfFreedom: row.parameters[0])
        case "beta": BetaDistribution(row.parameters[0], row.parameters[1])
        default: nil
        }
    }

    @Test func knownAnswers() throws {
        let rows: [Row] = try fixture("distributions.json")
        #expect(rows.count > 200)
        for row in rows {
            let distribution = try #require(Self.distribution(row))
            let found =
                switch row.function.drop(while: { $0 != "." }) {
                case ".cdf": distribution.cdf(row.argument)
                case ".upperTail": distribution.upperTail(row.argument)
                default: distribution.quantile(row.argument)
                }
            let error = row.value == 0 ? abs(found) : abs(found / row.value - 1)
            #expect(error <= 1e-12, "\(row.function)\(row.parameters) at \(row.argument): \(found), not \(row.value)")
        }
    }

    static let distributions: [any ContinuousDistribution] = [
        Normal(mean: 3, deviation: 0.5), StudentT(degreesOfFreedom: 2.5), StudentT(degreesOfFreedom: 5_000),
        ChiSquared(degreesOfFreedom: 3), ChiSquared(degreesOfFreedom: 4_000),
        GammaDistribution(shape: 0.3, scale: 10), BetaDistribution(0.4, 2), BetaDistribution(900, 1_700),
        FDistribution(numerator: 4, denominator: 9.5), Exponential(mean: 3), LogNormal(mean: 1, deviation: 0.4),
        Uniform(lower: 0, upper: 5),
    ]

    @Test(arguments: distributions.indices) func quantilesInvertTheDistribution(index: Int) {
        let distribution = Self.distributions[index]
        for probability in [1e-9, 0.001, 0.1, 0.4, 0.6, 0.9, 0.999] {
            let x = distribution.quantile(probability)
            #expect(abs(distribution.cdf(x) / probability - 1) < 1e-11)
            #expect(abs(distribution.cdf(x) + distribution.upperTail(x) - 1) < 1e-14)
        }
        #expect(distribution.quantile(-0.1).isNaN && distribution.quantile(1.1).isNaN)
        #expect(distribution.cdf(distribution.quantile(0)) == 0 && distribution.cdf(distribution.quantile(1)) == 1)
    }

    @Test(arguments: distributions.indices) func densitiesAreSlopes(index: Int) {
        let distribution = Self.distributions[index]
        for probability in [0.05, 0.5, 0.8] {
            let x = distribution.quantile(probability)
            let step = 1e-5 * abs(x) + 1e-7
            let slope = (distribution.cdf(x + step) - distribution.cdf(x - step)) / (2 * step)
            #expect(abs(distribution.density(x) / slope - 1) < 1e-5)
        }
    }

    /// The sample mean of 4,000 draws at five standard errors, and their distribution by Kolmogorov and Smirnov's test.
    @Test(arguments: distributions.indices) func samplesFollowTheDistribution(index: Int) throws {
        let distribution = Self.distributions[index]
        var stream = RandomStream(seed: 6, name: "samples/\(index)")
        let draws = (0..<4_000).map { _ in distribution.sample(from: &stream) }
        #expect(try kolmogorovSmirnov(draws, cdf: distribution.cdf).pValue > 1e-5)
        #expect(abs(mean(draws) - distribution.mean) < 5 * (distribution.variance / 4_000).squareRoot())
        let x = draws[0]
        #expect(abs(distribution.logDensity(x) - Foundation.log(distribution.density(x))) < 1e-9)
        #expect(abs(distribution.logCDF(x) - Foundation.log(distribution.cdf(x))) < 1e-11)
        #expect(abs(distribution.upperQuantile(1e-12) / distribution.quantile(1 - 1e-12) - 1) < 1e-3)
    }

    static let counts: [any DiscreteDistribution] = [
        Binomial(trials: 40, probability: 0.3), Poisson(mean: 6.5), NegativeBinomial(size: 2.5, probability: 0.3),
        Hypergeometric(successes: 30, failures: 50, draws: 20),
    ]

    /// Masses are differences of the distribution function, quantiles its inverse; moments by the sum and by draws.
    @Test(arguments: counts.indices) func countsAreConsistent(index: Int) {
        let distribution = Self.counts[index]
        var (total, first, second) = (0.0, 0.0, 0.0)
        for count in 0...min(distribution.support.upperBound, 300) {
            let mass = distribution.mass(count)
            total += mass
            first += mass * Double(count)
            second += mass * Double(count * count)
            let difference = distribution.cdf(count) - distribution.cdf(count - 1)
            #expect(abs(mass - difference) < 1e-14)
            #expect(abs(distribution.cdf(count) + distribution.upperTail(count) - 1) < 1e-14)
            if mass > 1e-6 {
                #expect(distribution.quantile(distribution.cdf(count)) == count)
                #expect(distribution.upperQuantile(distribution.upperTail(count)) == count)
            }
        }
        #expect(abs(total - 1) < 1e-12 && abs(first - distribution.mean) < 1e-9)
        #expect(abs(second - first * first - distribution.variance) < 1e-8)
        var stream = RandomStream(seed: 6, name: "counts/\(index)")
        let draws = (0..<2_000).map { _ in Double(distribution.sample(from: &stream)) }
        #expect(abs(mean(draws) - distribution.mean) < 5 * (distribution.variance / 2_000).squareRoot())
        #expect(distribution.quantile(-1) == nil && distribution.quantile(0) == distribution.support.lowerBound)
    }
}
