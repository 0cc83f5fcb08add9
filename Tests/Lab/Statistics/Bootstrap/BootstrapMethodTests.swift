import LabNumerics
import Testing

@testable import LabStatistics

/// BCa and its terms against SciPy (see `Fixtures/make_bootstrap.py`).
@Suite struct BootstrapMethodTests {
    struct Table: Decodable {
        struct Fixed: Decodable {
            let figures: [Double]
            let acceleration: Double
            let lower: Double
            let upper: Double
        }
        let skewed: [Double]
        let first: [Double]
        let second: [Double]
        let scipy: [String: [Double]]
        let fixed: Fixed
    }

    let stream = RandomStream(seed: 5, name: "bootstrap")

    @Test func termsFromFixedFigures() throws {
        let table: Table = try fixture("bootstrap.json")
        let values = table.skewed
        let jackknife = ResamplingPlan.simple(count: 20).jackknife { places in mean(places.map { values[$0] }) }
        let acceleration = Bootstrap.acceleration(jackknife: jackknife)
        #expect(abs(acceleration / table.fixed.acceleration - 1) < 1e-11)
        let found = Bootstrap.biasCorrected(
            mean(values), table.fixed.figures, acceleration: acceleration, level: 0.9, count: 20)
        #expect(abs(found.interval.lower / table.fixed.lower - 1) < 1e-12)
        #expect(abs(found.interval.upper / table.fixed.upper - 1) < 1e-12)
    }

    @Test(arguments: BootstrapMethod.allCases) func agreesWithSciPy(method: BootstrapMethod) throws {
        let table: Table = try fixture("bootstrap.json")
        let (first, second) = (table.first, table.second)
        let (resamples, level) = (20_000, 0.9)
        let found: [String: Estimate] = [
            "mean": Bootstrap.mean(
                table.skewed, resamples: resamples, level: level, method: method, stream: stream),
            "difference": Bootstrap.difference(
                first, second, resamples: resamples, level: level, method: method, stream: stream),
            "ratio": try Bootstrap.ratio(
                first, Array(second[..<15]), resamples: resamples, level: level, method: method, stream: stream),
            "variance": Bootstrap.interval(
                .simple(count: 20), resamples: resamples, level: level, method: method, stream: stream
            ) { places in variance(places.map { table.skewed[$0] }) },
        ]
        for (name, estimate) in found {
            let wanted = try #require(table.scipy["\(name).\(method == .bca ? "BCa" : "percentile")"])
            // A 5 % quantile of R figures wanders by about 2.1 standard errors / √R; five of those, and SciPy's own.
            let tolerance = 5 * 2.1 * 1.2 * wanted[2] * (1 / 20_000.0 + 1 / 200_000.0).squareRoot()
            #expect(abs(estimate.interval.lower - wanted[0]) < tolerance, "\(name) \(estimate.interval) \(wanted)")
            #expect(abs(estimate.interval.upper - wanted[1]) < tolerance * 2, "\(name) \(estimate.interval) \(wanted)")
            #expect(abs(estimate.standardError / wanted[2] - 1) < 0.03)
        }
    }

    @Test func theFastFormsEqualTheGeneralOne() throws {
        let table: Table = try fixture("bootstrap.json")
        let all = table.first + table.second
        let strata = table.first.map { _ in 0 } + table.second.map { _ in 1 }
        func part(_ places: [Int], _ stratum: Int) -> Double {
            mean(places.filter { strata[$0] == stratum }.map { all[$0] })
        }
        let fast = Bootstrap.difference(table.first, table.second, resamples: 200, method: .bca, stream: stream)
        let general = Bootstrap.interval(.stratified(strata), resamples: 200, method: .bca, stream: stream) {
            part($0, 1) - part($0, 0)
        }
        #expect(abs(fast.interval.lower - general.interval.lower) < 1e-12)
        #expect(abs(fast.interval.upper - general.interval.upper) < 1e-12)

        let clusters = all.indices.map { $0 * $0 % 7 }
        let clustered = try Bootstrap.clusteredMean(
            all, clusters: clusters, resamples: 200, method: .bca, stream: stream)
        let direct = Bootstrap.interval(.clustered(clusters), resamples: 200, method: .bca, stream: stream) { places in
            mean(places.map { all[$0] })
        }
        #expect(abs(clustered.interval.lower - direct.interval.lower) < 1e-12 && clustered.count == all.count)

        let studentised = Bootstrap.studentisedMean(all, resamples: 200, stream: stream)
        let written = Bootstrap.studentised(.simple(count: all.count), resamples: 200, stream: stream) { places in
            let drawn = places.map { all[$0] }
            return (mean(drawn), (variance(drawn) / Double(drawn.count)).squareRoot())
        }
        #expect(abs(studentised.interval.lower - written.interval.lower) < 1e-11)
        #expect(abs(studentised.interval.upper - written.interval.upper) < 1e-11)
    }

    /// A statistic that no resample can exceed has no bias correction, and equal values no spread.
    @Test func degenerateSamples() {
        let constant = Bootstrap.mean([2, 2, 2], resamples: 50, method: .bca, stream: stream)
        #expect(constant.interval == Interval(lower: 2, upper: 2, level: 0.95) && constant.standardError == 0)
        let lopsided = Bootstrap.biasCorrected(9, [1, 2, 3], acceleration: 0, level: 0.9, count: 3)
        #expect(lopsided.interval.width == .infinity)
        #expect(Bootstrap.studentisedMean([1], resamples: 9, stream: stream).interval.width == .infinity)
    }
}
