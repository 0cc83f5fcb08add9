import Foundation
import LabNumerics
import LabStatistics
import LabTestKit
import Testing

@testable import LabRuns

/// What a study computes from few values, beside SciPy, statsmodels and rliable (`Tests/Fixtures/Studies`).
@Suite struct SeedStatisticsTests {
    struct Table: Decodable {
        struct Case: Decodable {
            let first: [Double]
            let second: [Double]
            let interquartileMean: Double
            let probabilityOfImprovement: Double
            let difference: Double
            let lower: Double
            let upper: Double
            let signFlip: Double
        }
        struct Holm: Decodable {
            let raw: [Double]
            let adjusted: [Double]
        }
        let cases: [Case]
        let holm: Holm
    }

    let table: Table

    init() throws { table = try Fixture.json("Studies/seeds.json") }

    private func summary(_ first: [Double], _ second: [Double], _ better: Figure.Direction? = nil) -> FigureSummary {
        let sample = StudySample(
            name: "f", unit: nil, better: better, variants: ["a", "b"], seeds: first.indices.map { UInt64($0) },
            values: [first, second])
        return FigureSummary(sample, StudyConfiguration()) { RandomStream(seed: 1, name: $0) }
    }

    @Test func figuresAreThoseOfOtherLibraries() throws {
        #expect(table.cases.count == 7)
        for found in table.cases {
            let summary = summary(found.first, found.second)
            #expect(abs(summary.variants[1].interquartileMean - found.interquartileMean) < 1e-12)
            let comparison = try #require(summary.variants[1].comparison)
            #expect(abs(comparison.improvement - found.probabilityOfImprovement) < 1e-12)
            #expect(abs(comparison.difference.value - found.difference) < 1e-12)
            #expect(abs(comparison.pValue - found.signFlip) < 1e-12)
            let isFew = found.first.count < FigureSummary.bootstrapSeeds
            #expect(comparison.method == (isFew ? "paired t" : "BCa"))
            if isFew {
                #expect(abs(comparison.difference.interval.lower - found.lower) < 1e-9)
                #expect(abs(comparison.difference.interval.upper - found.upper) < 1e-9)
            }
            #expect(summary.variants[0].comparison == nil)
            #expect((summary.variants[0].bootstrap == nil) == isFew)
        }
    }

    @Test func holmIsThatOfStatsmodels() {
        for (ours, theirs) in zip(SeedStatistics.holm(table.holm.raw), table.holm.adjusted) {
            #expect(abs(ours - theirs) < 1e-12)
        }
        let gaps = SeedStatistics.holm([.nan, 0.02, 0.03])
        #expect(gaps[0].isNaN && gaps[1] == 0.04 && gaps[2] == 0.04)
    }

    @Test func smallerIsBetterWhereTheFigureSaysSo() throws {
        let lower = summary([1, 2, 3, 4, 5], [0, 1, 2, 3, 4], .lower)
        let higher = summary([1, 2, 3, 4, 5], [0, 1, 2, 3, 4], .higher)
        let (a, b) = (try #require(lower.variants[1].comparison), try #require(higher.variants[1].comparison))
        #expect(a.improvement == 1 - b.improvement && a.improvement > 0.5)
        #expect(a.difference.value == -1)
    }

    @Test func pairsWithAnUndefinedValueAreLeftOutOnBothSides() throws {
        let summary = summary([1, .nan, 3], [2, 9, .infinity])
        #expect(summary.variants[0].mean.count == 2 && summary.variants[0].excluded == 1)
        #expect(summary.variants[1].mean.value == 5.5)
        #expect(summary.variants[1].comparison?.difference.count == 1)
        #expect(summary.variants[1].comparison?.pValue.isNaN == true)
        #expect(summary.figures.map(\.name) == ["f [a]", "f [b]", "f [b] difference"])
    }

    @Test(
        arguments: [
            ("0..9", Array(0...9)), ("1,2,5", [1, 2, 5]), ("7", [7]), ("0..2,10", [0, 1, 2, 10]), ("3..3", [3]),
        ] as [(String, [UInt64])]) func seedsAreRead(text: String, seeds: [UInt64]) throws
    {
        #expect(try SeedList.parse(text) == seeds)
    }

    @Test(arguments: [
        ("", "neither"), ("a", "neither"), ("1,,2", "neither"), ("-1", "neither"), ("1..2..3", "neither"),
        ("5..1", "backwards"), ("1,2,1", "seed 1 stands twice"), ("0..3,2", "seed 2 stands twice"),
        ("0..18446744073709551615", "more than 10000"),
    ]) func badSeedsAreNamed(text: String, problem: String) throws {
        let error = #expect(throws: RunsError.self) { try SeedList.parse(text) }
        #expect(error?.what.contains(problem) == true, "\(error?.what ?? "")")
        #expect(error?.remedy.contains("--seeds 0..9") == true)
    }

    @Test func variantsAreReadAndCrossed() throws {
        #expect(
            try StudyVariant.grid(["a=1,2", "b=[1,2],[3]"]) == ["a=1,b=[1,2]", "a=1,b=[3]", "a=2,b=[1,2]", "a=2,b=[3]"])
        #expect(try StudyVariant("a=1,b=[2,3],c=\"x,y\"").overrides == ["a=1", "b=[2,3]", "c=\"x,y\""])
        #expect(try StudyVariant("").name == "base")
        for bad in ["a", "=1", "a=", "a=1,a=2", "seed=3", "a=1,,b=2"] {
            #expect(throws: RunsError.self) { try StudyVariant(bad) }
        }
        #expect(throws: RunsError.self) { try StudyVariant.grid(["a=1", "a=2"]) }
    }

    @Test func curvesAreMeansOverTheStepsThatSeedsShare() {
        let points = StudyCurves.points([[0: 1, 1: 2, 2: .nan], [0: 3, 2: 4], [0: 5, 2: 6, 9: 1]], level: 0.95)
        #expect(points.map(\.step) == [0, 2])
        #expect(points[0].mean == 3)
        // t(0.975, 2) · 2 / √3
        #expect(abs((points[0].interval?.upper ?? 0) - (3 + 4.302652729749464 * 2 / 3.0.squareRoot())) < 1e-9)
        #expect(points[1].mean == 5)
        let long = Dictionary(uniqueKeysWithValues: (0..<1001).map { ($0, Double($0)) })
        let thin = StudyCurves.points([long], level: 0.95)
        #expect(thin.count <= StudyCurves.pointLimit + 1 && thin.last?.step == 1000 && thin[0].interval == nil)
    }

    @Test func differencesOfIndependentEstimatesAreThoseOfZouAndDonner() throws {
        // Symmetric intervals of half-widths 6 and 8 give one of half-width 10.
        let first = Figure("f", 10, interval: Interval(lower: 4, upper: 16, level: 0.95))
        let second = Figure("f", 12, interval: Interval(lower: 4, upper: 20, level: 0.95))
        let found = try #require(second.difference(to: first))
        #expect(found == Interval(lower: -8, upper: 12, level: 0.95))
        #expect(Figure("f", 1).difference(to: first) == nil)
    }

    @Test func textOfTablesStaysText() {
        let table = StudyTable(
            experiment: "a|b<c>", seeds: [0, 1], level: 0.9,
            [
                FigureSummary(
                    StudySample(
                        name: "x,\"y\"", unit: "EUR", better: nil, variants: ["a|b", "c=<d>"], seeds: [0, 1],
                        values: [[1, 2], [3, .nan]]), StudyConfiguration()
                ) { RandomStream(seed: 1, name: $0) }
            ])
        let lines = table.csv.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("\"x,\"\"y\"\"\",EUR,a|b,2,0,1.5,"))
        #expect(lines[2].hasSuffix(",3,nan"))
        #expect(
            table.markdown.contains("a\\|b") && table.markdown.contains("c=&lt;d&gt;")
                && !table.markdown.contains("<d>"))
        var names = PlotNames()
        #expect(["a/b", "a b", "..", "é"].map { names.file($0) } == ["a-b.svg", "a-b-2.svg", "plot...svg", "-.svg"])
    }
}
