import LabStatistics
import Testing

/// Against SciPy (see `Fixtures/make_regression.py`).
@Suite struct EffectSizeTests {
    struct Table: Decodable {
        struct Superiority: Decodable {
            let first: [Double]
            let second: [Double]
            let value: Double
            let error: Double
        }
        struct Cohen: Decodable {
            let first: [Double]
            let second: [Double]
            let d: Double
            let ends: [Double]
        }
        let superiority: [Superiority]
        let cohen: Cohen
        let power: [[Double]]
        let clopper: [[Double]]
    }

    @Test func standardisedDifferences() throws {
        let cohen = try fixture("regression.json", as: Table.self).cohen
        let d = try cohensD(cohen.first, cohen.second)
        #expect(abs(d.value / cohen.d - 1) < 1e-12)
        #expect(abs(d.interval.lower - cohen.ends[0]) < 1e-9 && abs(d.interval.upper - cohen.ends[1]) < 1e-9)
        // J is about 1 − 3 / (4ν − 1).
        let g = try hedgesG(cohen.first, cohen.second)
        #expect(abs(g.value / d.value - (1 - 3 / 75.0)) < 1e-4)
        #expect(throws: StatisticsError.self) { try cohensD([1, 1], [1, 1]) }
    }

    @Test func superiority() throws {
        for row in try fixture("regression.json", as: Table.self).superiority {
            let found = try probabilityOfSuperiority(row.first, row.second)
            #expect(abs(found.value - row.value) < 1e-14 && abs(found.standardError / row.error - 1) < 1e-12)
            let delta = try cliffsDelta(row.first, row.second)
            #expect(delta.value == 2 * found.value - 1 && delta.interval.upper == 2 * found.interval.upper - 1)
        }
        #expect(try probabilityOfSuperiority([1, 2], [3, 4]).interval == Interval(lower: 1, upper: 1, level: 0.95))
    }

    @Test func power() throws {
        for row in try fixture("regression.json", as: Table.self).power {
            let found = Power.ofMeans(effect: row[0], counts: (Int(row[1]), Int(row[2])))
            #expect(abs(found - row[3]) < 1e-9, "\(found), not \(row[3])")
        }
        // Cohen's table: 64 in each arm for half a standard deviation with 80 %.
        #expect(try Power.sampleSizeOfMeans(effect: 0.5) == 64)
        #expect(throws: StatisticsError.self) { try Power.sampleSizeOfMeans(effect: 0) }
        let count = try Power.sampleSizeOfProportions(0.1, 0.11)
        #expect(abs(Power.ofProportions(0.1, 0.11, countOfEach: count) - 0.8) < 1e-12)
    }

    @Test func exactProportions() throws {
        for row in try fixture("regression.json", as: Table.self).clopper {
            let found = try clopperPearson(successes: Int(row[0]), trials: Int(row[1])).interval
            #expect(abs(found.lower - row[2]) < 1e-11 && abs(found.upper - row[3]) < 1e-11)
        }
        // (x + 2) / (n + 4) with z² = 3.8414588…, by hand for 4 of 10: 0.1671, 0.6884.
        let agresti = try agrestiCoull(successes: 4, trials: 10).interval
        #expect(abs(agresti.lower - 0.167_1) < 1e-4 && abs(agresti.upper - 0.688_4) < 1e-4)
    }

    /// Newcombe 1998, table II, (a) 56/70 − 48/80: 0.0524 … 0.3339.
    @Test func newcombe() throws {
        let found = try twoProportions(first: (48, 80), second: (56, 70)).difference
        #expect(abs(found.interval.lower - 0.052_4) < 5e-5 && abs(found.interval.upper - 0.333_9) < 5e-5)
    }
}
