import Testing

@testable import LabStatistics

/// Special functions, distributions and their inverses against 40 and more digits (see `Fixtures/make_special.py`).
@Suite struct SpecialFunctionTests {
    struct Row: Decodable {
        let function: String
        let arguments: [Double]
        let value: Double

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            function = try row.decode(String.self)
            arguments = try row.decode([Double].self)
            value = try row.decode(Double.self)
        }
    }

    static func special(_ name: String, _ x: [Double]) -> Double? {
        switch name {
        case "logGamma": SpecialFunctions.logGamma(x[0])
        case "digamma": SpecialFunctions.digamma(x[0])
        case "trigamma": SpecialFunctions.trigamma(x[0])
        case "logBeta": SpecialFunctions.logBeta(x[0], x[1])
        case "erf": SpecialFunctions.erf(x[0])
        case "erfc": SpecialFunctions.erfc(x[0])
        case "erfcx": SpecialFunctions.erfcx(x[0])
        case "inverseErf": SpecialFunctions.inverseErf(x[0])
        case "inverseErfc": SpecialFunctions.inverseErfc(x[0])
        case "gammaP": SpecialFunctions.incompleteGamma(x[0], x[1]).lower
        case "gammaQ": SpecialFunctions.incompleteGamma(x[0], x[1]).upper
        case "inverseGammaP": SpecialFunctions.inverseIncompleteGamma(x[0], lower: x[1])
        case "inverseGammaQ": SpecialFunctions.inverseIncompleteGamma(x[0], upper: x[1])
        case "betaI": SpecialFunctions.incompleteBeta(x[0], x[1], x[2]).lower
        case "betaC": SpecialFunctions.incompleteBeta(x[0], x[1], x[2]).upper
        case "inverseBetaI": SpecialFunctions.inverseIncompleteBeta(x[0], x[1], lower: x[2])
        case "inverseBetaC": SpecialFunctions.inverseIncompleteBeta(x[0], x[1], upper: x[2])
        default: nil
        }
    }

    static func distribution(_ name: String, _ x: [Double]) -> Double? {
        switch name {
        case "normal.cdf": Normal.cdf(x[0])
        case "normal.logCDF": Normal.logCDF(x[0])
        case "normal.quantile": Normal.quantile(x[0])
        case "normal.quantileOfLog": Normal.quantile(logarithm: x[0])
        case "t.upperTail": StudentT(degreesOfFreedom: x[0]).upperTail(x[1])
        case "t.logDensity": StudentT(degreesOfFreedom: x[0]).logDensity(x[1])
        case "t.upperQuantile": StudentT(degreesOfFreedom: x[0]).upperQuantile(x[1])
        case "F.cdf": FDistribution(numerator: x[0], denominator: x[1]).cdf(x[2])
        case "F.upperTail": FDistribution(numerator: x[0], denominator: x[1]).upperTail(x[2])
        case "noncentralT.upperTail": NoncentralT(degreesOfFreedom: x[0], noncentrality: x[1]).upperTail(x[2])
        default: counted(name, x)
        }
    }

    private static func counted(_ name: String, _ x: [Double]) -> Double? {
        let found: any DiscreteDistribution
        switch name.prefix(while: { $0 != "." }) {
        case "binomial": found = Binomial(trials: Int(x[0]), probability: x[1])
        case "poisson": found = Poisson(mean: x[0])
        case "negativeBinomial": found = NegativeBinomial(size: x[0], probability: x[1])
        case "hypergeometric":
            found = Hypergeometric(successes: Int(x[0]), failures: Int(x[1]), draws: Int(x[2]))
        default: return nil
        }
        let count = Int(x.last ?? 0)
        return switch name.drop(while: { $0 != "." }) {
        case ".logMass": found.logMass(count)
        case ".mass": found.mass(count)
        case ".cdf": found.cdf(count)
        default: found.upperTail(count)
        }
    }

    @Test func knownAnswers() throws {
        let rows: [Row] = try fixture("special.json")
        #expect(rows.count > 500)
        for row in rows {
            let found = try #require(
                Self.special(row.function, row.arguments) ?? Self.distribution(row.function, row.arguments))
            let error = row.value == 0 ? abs(found) : abs(found / row.value - 1)
            #expect(error <= 1e-12, "\(row.function)\(row.arguments): \(found), not \(row.value)")
        }
    }
}
