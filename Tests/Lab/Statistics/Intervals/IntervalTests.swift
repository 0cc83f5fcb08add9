import Foundation
import LabStatistics
import Testing

@Suite struct IntervalTests {
    /// Student's 97.5 % quantile at 4 degrees of freedom is 2.7764451…; the variance of the five is 37.2.
    @Test func meanOfFive() {
        let estimate = meanInterval([1, 2, 4, 8, 16])
        let half = 2.776_445_105_198_054_5 * (37.2 / 5).squareRoot()
        #expect(estimate.value == 6.2 && estimate.count == 5)
        #expect(abs(estimate.interval.upper - (6.2 + half)) < 1e-12)
        #expect(abs(estimate.standardError - (37.2 / 5).squareRoot()) < 1e-14)
    }

    @Test func tooFewObservationsSaySo() throws {
        #expect(meanInterval([]).value.isNaN && meanInterval([]).count == 0)
        let one = meanInterval([3])
        #expect(one.value == 3 && one.standardError.isNaN && one.interval.width == .infinity)
        let data = try JSONEncoder().encode(one)
        let decoded = try JSONDecoder().decode(Estimate.self, from: data)
        #expect(decoded.interval == one.interval && decoded.standardError.isNaN)
        #expect(try wilson(successes: 0, trials: 0).interval == Interval(lower: 0, upper: 1, level: 0.95))
    }

    /// Brown, Cai and DasGupta's form by hand for 7 of 20: center (.35 + z²/40) / (1 + z²/20).
    @Test func wilsonInterval() throws {
        let interval = try wilson(successes: 7, trials: 20).interval
        #expect(
            abs(interval.lower - 0.181_191_824_101_082) < 1e-14 && abs(interval.upper - 0.567_145_723_314_763_8) < 1e-14
        )
        #expect(try wilson(successes: 0, trials: 9).interval.lower == 0)
        #expect(try wilson(successes: 9, trials: 9).interval.upper == 1)
        #expect(throws: StatisticsError.self) { try wilson(successes: 3, trials: 2) }
    }

    @Test func pairedDifferenceIsTheMeanOfDifferences() throws {
        let (before, after) = ([1.0, 2, 3, 4], [2.0, 2, 5, 4])
        let paired = try pairedDifference(before, after)
        let direct = meanInterval([1, 0, 2, 0])
        #expect(paired.difference == direct)
        #expect(abs(paired.pValue - StudentT(degreesOfFreedom: 3).twoSided(paired.statistic)) < 1e-15)
        #expect(throws: StatisticsError.self) { try pairedDifference([1], [1, 2]) }
    }

    @Test func correlation() throws {
        let exact = try pearson([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
        #expect(abs(exact.value - 1) < 1e-15)
        // r = 16 / √(10 · 37.2) with Fisher's interval on five pairs.
        let some = try pearson([1, 2, 3, 4, 5], [1, 3, 2, 8, 4])
        let r = 11 / (10 * 29.2).squareRoot()
        #expect(abs(some.value - r) < 1e-14)
        #expect(abs(atanh(some.interval.upper) - (atanh(r) + 1.959_963_984_540_054 / 2.0.squareRoot())) < 1e-12)
        #expect(try pearson([1, 1], [1, 2]).value.isNaN)
    }
}
