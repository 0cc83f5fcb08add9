import LabStatistics
import Testing

@Suite struct SummariesTests {
    @Test func sumsKeepWhatOrderWouldLose() {
        #expect(compensatedSum([1, 1e100, 1, -1e100]) == 2)
        #expect(compensatedSum([.infinity, 1]) == .infinity)
        // Shifting by 1e9 must not spoil a variance: 30 for 4, 7, 13, 16.
        #expect(variance([4, 7, 13, 16].map { $0 + 1e9 }) == 30)
        #expect(variance([1]).isNaN && mean([]).isNaN)
    }

    @Test func momentsMergeLikeOneSample() {
        let values = (0..<100).map { Double(($0 * 31) % 17) + 1e6 }
        var merged = Moments(values[..<37])
        merged.merge(Moments(values[37...]))
        merged.merge(Moments())
        #expect(merged.count == 100)
        #expect(abs(merged.mean - mean(values)) < 1e-8)
        #expect(abs(merged.variance / variance(values) - 1) < 1e-9)
    }

    /// NumPy: `np.quantile([1, 2, 4, 8], q)` for q = 0, .1, .5, .9, 1.
    @Test func quantilesAreNumPys() {
        let found = [0, 0.1, 0.5, 0.9, 1].map { quantile([8, 1, 4, 2], $0) }
        for (found, wanted) in zip(found, [1, 1.3, 3, 6.8, 8]) { #expect(abs(found - wanted) < 1e-12) }
        #expect(median([3]) == 3 && quantile([], 0.5).isNaN)
    }
}
