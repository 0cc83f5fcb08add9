import LabNumerics
import LabStatistics
import Testing

@Suite struct BootstrapTests {
    let stream = RandomStream(seed: 5, name: "bootstrap")

    @Test func theStandardErrorOfAMeanIsTheTextbookOne() {
        let values = (0..<200).map { Double(($0 * 37) % 101) }
        let estimate = Bootstrap.mean(values, resamples: 4_000, stream: stream)
        let expected = (variance(values) * 199 / 200 / 200).squareRoot()
        // The standard error of a standard deviation over R resamples is about 1 / √(2R).
        #expect(abs(estimate.standardError / expected - 1) < 5 / 8_000.0.squareRoot())
        #expect(estimate.value == mean(values) && estimate.interval.contains(estimate.value))
        #expect(estimate == Bootstrap.mean(values, resamples: 4_000, stream: stream), "a rerun gives the same bits")
    }

    @Test func theGeneralFormDrawsTheSameResamples() throws {
        let values = (0..<50).map { Double($0 * $0 % 17) }
        let fast = Bootstrap.mean(values, resamples: 300, stream: stream)
        let general = Bootstrap.percentile(count: 50, resamples: 300, stream: stream) { indices in
            mean(indices.map { values[$0] })
        }
        #expect(abs(fast.interval.lower - general.interval.lower) < 1e-12)
        #expect(abs(fast.interval.upper - general.interval.upper) < 1e-12)
        let weights = (0..<50).map { Double($0 % 3 + 1) }
        let products = zip(values, weights).map { $0 * $1 }
        let ratio = try Bootstrap.ratio(products, weights, resamples: 300, stream: stream)
        let direct = Bootstrap.percentile(count: 50, resamples: 300, stream: stream) { indices in
            indices.reduce(0) { $0 + products[$1] } / indices.reduce(0) { $0 + weights[$1] }
        }
        #expect(abs(ratio.value - direct.value) < 1e-12 && abs(ratio.interval.upper - direct.interval.upper) < 1e-12)
    }

    @Test func pairsStayTogether() throws {
        let first = (0..<100).map { Double(($0 * 7919) % 1_000) }
        let second = first.map { $0 + 1 }
        let paired = try Bootstrap.pairedDifference(first, second, resamples: 200, stream: stream)
        #expect(paired.interval == Interval(lower: 1, upper: 1, level: 0.95))
        #expect(throws: StatisticsError.self) { try Bootstrap.pairedDifference([1], [1, 2], stream: stream) }
    }

    @Test func nothingToResample() {
        let nothing = Bootstrap.mean([], stream: stream)
        #expect(nothing.value.isNaN && nothing.interval.width == .infinity && nothing.count == 0)
    }
}
