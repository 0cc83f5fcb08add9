import LabNumerics
import Testing

@testable import LabStatistics

/// Every test against SciPy's statistic and p-value (see `Fixtures/make_tests.py`).
@Suite struct SciPyTests {
    struct Table: Decodable {
        struct Row: Decodable {
            let test: String
            let data: [[Double]]
            let options: [String]
            let statistic: Double
            let p: Double

            var alternative: Alternative {
                switch options[0] {
                case "greater": .greater
                case "less": .less
                default: .twoSided
                }
            }
            var whole: [[Int]] { data.map { $0.map { Int($0) } } }
        }
        let rows: [Row]
        let kolmogorov: [[Double]]
    }

    static func run(_ row: Table.Row) throws -> (statistic: Double, p: Double) {
        func pair(_ found: MeanComparison) -> (Double, Double) { (found.statistic, found.pValue) }
        func pair(_ found: SignificanceTest) -> (Double, Double) { (found.statistic, found.pValue) }
        let data = row.data
        switch row.test {
        case "welch": return pair(welch(data[0], data[1], alternative: row.alternative))
        case "paired": return pair(try pairedDifference(data[0], data[1], alternative: row.alternative))
        case "mannWhitney":
            let method = try #require(RankTestMethod(rawValue: row.options[1]))
            return pair(try mannWhitney(data[0], data[1], alternative: row.alternative, method: method))
        case "wilcoxon":
            let method = try #require(RankTestMethod(rawValue: row.options[1]))
            let zeros = try #require(ZeroDifferences(rawValue: row.options[2]))
            return pair(
                try wilcoxonSignedRank(data[0], data[1], alternative: row.alternative, zeros: zeros, method: method))
        case "fisher":
            let (second, first) = (row.whole[0], row.whole[1])
            return pair(
                try fisherExact(
                    first: (first[0], first[0] + first[1]), second: (second[0], second[0] + second[1]),
                    alternative: row.alternative))
        case "kruskal": return pair(try kruskalWallis(data))
        case "goodnessOfFit":
            let statistic = try #require(CountStatistic(rawValue: row.options[0]))
            return pair(try goodnessOfFit(row.whole[0], weights: data[1], statistic: statistic))
        case "independence":
            let statistic = try #require(CountStatistic(rawValue: row.options[0]))
            return pair(
                try independence(row.whole, statistic: statistic, continuity: row.options[1] == "corrected"))
        case "ks2": return pair(try kolmogorovSmirnov(data[0], data[1]))
        default: return pair(try kolmogorovSmirnov(data[0], cdf: Normal.cdf))
        }
    }

    @Test func knownAnswers() throws {
        let table: Table = try fixture("tests.json")
        #expect(Set(table.rows.map(\.test)).count == 10 && table.rows.count > 50)
        for row in table.rows {
            let found = try Self.run(row)
            let name = "\(row.test) \(row.options) of \(row.data.map(\.count))"
            #expect(abs(found.statistic - row.statistic) <= 1e-11 * max(1, row.statistic), "\(name): \(found)")
            #expect(abs(found.p / row.p - 1) <= 1e-9, "\(name): \(found), not \(row.p)")
        }
    }

    @Test func kolmogorovAgreesWithSciPy() throws {
        let table: Table = try fixture("tests.json")
        for row in table.kolmogorov {
            let found = KolmogorovDistribution.upperTail(row[1], count: Int(row[0]))
            #expect(abs(found - row[2]) <= 1e-9 * row[2], "\(row): \(found)")
        }
    }

    /// Two-sided with the least possible p-value: 2 of C(10, 5), 2⁵ and 2¹² arrangements.
    @Test func smallestPValuesByHand() throws {
        #expect(try mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).pValue == 2.0 / 252)
        #expect(try wilcoxonSignedRank([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]).pValue == 2.0 / 32)
        let flips = try signFlip((1...12).map(Double.init), stream: RandomStream(seed: 1, name: "flip"))
        #expect(flips.pValue == 2.0 / 4_096 && flips.isExact && flips.statistic == 6.5)
        let zero = try signFlip([1, -1], stream: RandomStream(seed: 1, name: "flip"))
        #expect(zero.pValue == 1)
    }

    /// The simulated sign flips agree with the exact ones and are never 0.
    @Test func simulatedSignFlips() throws {
        let stream = RandomStream(seed: 1, name: "flip")
        let values = (0..<20).map { Double(($0 * 7) % 11) - 3.5 }
        let exact = try signFlip(values, stream: stream)
        // Two zero differences change nothing but the method.
        let simulated = try signFlip(values + [0, 0], resamples: 4_000, stream: stream)
        #expect(exact.isExact && !simulated.isExact)
        #expect(abs(simulated.pValue - exact.pValue) < 5 * (exact.pValue / 4_000).squareRoot() + 1 / 4_001)
        let sure = try signFlip((0..<60).map { 1 + Double($0) }, resamples: 99, stream: stream)
        #expect(sure.pValue == 0.01)
    }

    @Test func refusals() throws {
        #expect(throws: StatisticsError.tooFew(what: "the first sample", count: 0, needed: 1)) {
            try mannWhitney([], [1])
        }
        #expect(throws: StatisticsError.notFinite(what: "the second sample", index: 1, value: "nan")) {
            try kolmogorovSmirnov([1], [2, .nan])
        }
        #expect(throws: StatisticsError.self) { try kruskalWallis([[1, 2]]) }
        #expect(throws: StatisticsError.self) { try goodnessOfFit([1, -1], weights: [1, 1]) }
        #expect(throws: StatisticsError.self) { try goodnessOfFit([0, 0], weights: [1, 1]) }
        #expect(throws: StatisticsError.self) { try independence([[1, 2], [3]]) }
        #expect(throws: StatisticsError.self) { try fisherExact(first: (3, 2), second: (0, 1)) }
        #expect(try goodnessOfFit([5, 5, 1], weights: [1, 1, 0]).pValue == 0)
        #expect(try wilcoxonSignedRank([1, 2], [1, 2]).pValue == 1)
        #expect(try mannWhitney([1, 1], [1, 1]).pValue == 1 && kruskalWallis([[1], [1]]).pValue == 1)
    }
}
