import LabNumerics
import LabStatistics
import Testing

/// How often intervals cover the truth: the share in many simulated samples, at five standard errors of that share.
@Suite struct CoverageTests {
    static let samples = 2_000

    static func coverage(_ name: String, truth: Double, _ interval: (inout RandomStream) throws -> Interval) rethrows
        -> Double
    {
        let root = RandomStream(seed: 11, name: "coverage/" + name)
        var covered = 0
        for sample in 0..<samples {
            var stream = root.child(sample)
            if try interval(&stream).contains(truth) { covered += 1 }
        }
        return Double(covered) / Double(samples)
    }

    static let tolerance = 5 * (0.9 * 0.1 / 2_000).squareRoot()

    @Test func meansOfNormals() {
        let share = Self.coverage("t", truth: 2) { stream in
            meanInterval((0..<6).map { _ in stream.nextNormal(mean: 2, deviation: 3) }, level: 0.9).interval
        }
        #expect(abs(share - 0.9) < Self.tolerance)
    }

    @Test func proportions() throws {
        let share = try Self.coverage("wilson", truth: 0.3) { stream in
            let successes = (0..<60).count { _ in stream.nextBool(probability: 0.3) }
            return try wilson(successes: successes, trials: 60, level: 0.9).interval
        }
        // The exact coverage at n = 60, p = 0.3 oscillates by about 0.01 around the level.
        #expect(abs(share - 0.9) < Self.tolerance + 0.01)
    }

    @Test func differencesOfUnequalVariance() {
        let share = Self.coverage("welch", truth: 1) { stream in
            let first = (0..<8).map { _ in stream.nextNormal() }
            let second = (0..<20).map { _ in stream.nextNormal(mean: 1, deviation: 4) }
            return welch(first, second, level: 0.9).difference.interval
        }
        #expect(abs(share - 0.9) < Self.tolerance + 0.005)
    }

    @Test func bootstrapOfSkewedMeans() {
        let share = Self.coverage("bootstrap", truth: 1) { stream in
            let values = (0..<80).map { _ in stream.nextExponential() }
            return Bootstrap.mean(values, resamples: 400, level: 0.9, stream: stream.child("resamples")).interval
        }
        // The percentile interval is known to cover a little less for skewed samples; it may not cover far less.
        #expect(share > 0.86 && share < 0.91)
    }

    /// Twenty exponential values at a nominal 90 %: the percentile interval covers least, the bootstrap-t most.
    @Test func bootstrapsOfFewSkewedValues() {
        func share(_ interval: ([Double], RandomStream) -> Estimate) -> Double {
            Self.coverage("few", truth: 1) { stream in
                let values = (0..<20).map { _ in stream.nextExponential() }
                return interval(values, stream.child("resamples")).interval
            }
        }
        let percentile = share { Bootstrap.mean($0, resamples: 400, level: 0.9, stream: $1) }
        let corrected = share { Bootstrap.mean($0, resamples: 400, level: 0.9, method: .bca, stream: $1) }
        let studentised = share { Bootstrap.studentisedMean($0, resamples: 400, level: 0.9, stream: $1) }
        #expect(percentile > 0.82 && percentile < corrected && corrected < studentised, "\(percentile), \(corrected)")
        #expect(abs(studentised - 0.9) < Self.tolerance, "\(studentised)")
    }
}
