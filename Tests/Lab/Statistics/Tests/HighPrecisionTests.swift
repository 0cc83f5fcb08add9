import LabStatistics
import Testing

/// Against 40 digits, with gbstats 0.8.0 beside where it is wrong (see `Fixtures/make_high_precision.py`).
@Suite struct HighPrecisionTests {
    struct Table: Decodable {
        struct SampleRatio: Decodable {
            let users: [Int]
            let weights: [Double]
            let statistic: Double
            let p: Double
            let gbstats: Double
        }
        let welch: [[Double]]
        let sampleRatio: [SampleRatio]
        let sequential: [[Double]]
        let power: [[Double]]
    }

    static func moments(_ successes: Double, _ trials: Double) -> Moments {
        let p = successes / trials
        return Moments(count: Int(trials), mean: p, variance: p * (1 - p))
    }

    @Test func welchOfProportions() throws {
        for row in try fixture("high_precision.json", as: Table.self).welch {
            let (first, second) = (Self.moments(row[0], row[1]), Self.moments(row[2], row[3]))
            let found = row[4] == 1 ? try relativeWelch(first, second) : welch(first, second)
            // The statistic carries rounding of the difference of two proportions, and the p-value its slope.
            let tolerance = 1e-12 * max(1, row[8] * row[8])
            for (value, wanted) in [
                (found.difference.value, row[5]), (found.difference.standardError, row[6]),
                (found.degreesOfFreedom, row[7]), (found.statistic, row[8]), (found.pValue, row[9]),
            ] {
                #expect(abs(value / wanted - 1) < tolerance, "\(row): \(value), not \(wanted)")
            }
            let z = try twoProportions(first: (Int(row[0]), Int(row[1])), second: (Int(row[2]), Int(row[3])))
            #expect(abs(z.statistic / row[11] - 1) < 1e-11 && abs(z.pValue / row[12] - 1) < 1e-9)
        }
    }

    /// gbstats says 0 where the truth is 1.24e-28, and 2.2e-16 where it is 1.88e-16.
    @Test func gbstatsLosesTheTail() throws {
        let rows = try fixture("high_precision.json", as: Table.self).welch
        let worst = try #require(rows.first { $0[0] == 500 && $0[4] == 0 })
        #expect(worst[10] == 0 && abs(worst[9] / 1.237_588_404_199_979_4e-28 - 1) < 1e-12)
        let found = welch(Self.moments(worst[0], worst[1]), Self.moments(worst[2], worst[3])).pValue
        #expect(abs(found / worst[9] - 1) < 1e-10)
    }

    @Test func sampleRatios() throws {
        for row in try fixture("high_precision.json", as: Table.self).sampleRatio {
            let found = try goodnessOfFit(row.users, weights: row.weights)
            #expect(abs(found.statistic - row.statistic) <= 1e-11 * max(1, row.statistic))
            #expect(abs(found.pValue / row.p - 1) < 1e-11 && abs(found.pValue - row.gbstats) < 1e-11)
        }
    }

    @Test func alwaysValidPValues() throws {
        for row in try fixture("high_precision.json", as: Table.self).sequential {
            let found = mixtureSequentialPValue(difference: row[0], variance: row[1], mixing: row[2])
            #expect(abs(found / row[3] - 1) < 1e-12)
        }
    }

    @Test func sampleSizes() throws {
        for row in try fixture("high_precision.json", as: Table.self).power {
            let found = try Power.sampleSizeOfProportions(row[0], row[1])
            #expect(abs(found / row[2] - 1) < 1e-12, "\(found), not \(row[2])")
        }
    }
}
