import LabNumerics
import LabStatistics
import Testing

@testable import LabAnalytics

@Suite struct MetricTests {
    @Test func ratiosMatchTheClosedForm() throws {
        // R = 6/12; influences (x − R·y)/ȳ = (−1, 0.5, 0.5, 0)/3, whose standard deviation is √(1.5/3)/3.
        let estimate = try RatioEstimate.estimate([0, 2, 3, 1], [2, 3, 5, 2])
        #expect(estimate.value == 0.5)
        #expect(abs(estimate.standardError - (0.5).squareRoot() / 3 / 2) < 1e-12)
        #expect(throws: AnalyticsError.nothingToDivideBy(figure: "a ratio")) {
            try RatioEstimate.estimate([1, 2], [0, 0])
        }
        #expect(throws: AnalyticsError.self) { try RatioEstimate.estimate([1], [2]) }
        #expect(throws: AnalyticsError.self) { try RatioEstimate.estimate([1, 2], [2]) }
    }

    /// Customers differ in how likely they click, so their impressions are not independent: Wilson's interval over
    /// impressions covers too rarely, the delta method's covers as it says.
    @Test func theDeltaMethodCoversWhereWilsonDoesNot() throws {
        var stream = RandomStream(seed: 11, name: "analytics/coverage")
        var covered = 0
        var wilsonCovered = 0
        let studies = 400
        for _ in 0..<studies {
            var clicks: [Double] = []
            var impressions: [Double] = []
            for _ in 0..<150 {
                let rate = stream.nextDouble() < 0.5 ? 0.1 : 0.5
                let count = 5 + stream.nextInt(below: 10)
                clicks.append((0..<count).reduce(0.0) { sum, _ in sum + (stream.nextDouble() < rate ? 1 : 0) })
                impressions.append(Double(count))
            }
            if try RatioEstimate.estimate(clicks, impressions).interval.contains(0.3) { covered += 1 }
            let naive = try wilson(successes: Int(clicks.reduce(0, +)), trials: Int(impressions.reduce(0, +)))
            if naive.interval.contains(0.3) { wilsonCovered += 1 }
        }
        #expect((0.92...0.98).contains(Double(covered) / Double(studies)), "\(covered)")
        #expect(Double(wilsonCovered) / Double(studies) < 0.85, "\(wilsonCovered)")
    }

    private func columns(_ shift: Double) -> CustomerColumns {
        var stream = RandomStream(seed: 5, name: "analytics/columns")
        let values = (0..<400).map { _ in stream.nextNormal() }
        return CustomerColumns(
            segments: (0..<400).map { Int32($0 % 4) }, impressions: (0..<400).map { Double(2 + $0 % 5) },
            clicks: (0..<400).map { Double($0 % 3) }, conversions: (0..<400).map { Double($0 % 2) },
            values: values.map { $0 + shift }, spend: values.map { _ in 0.5 })
    }

    @Test func pairingSeesWhatChanceHides() throws {
        let difference = try CampaignMetric.value.pairedDifference(columns(0.01), columns(0))
        #expect(abs(difference.value - 0.01) < 1e-12 && difference.interval.lower > 0.0099)
        #expect(try CampaignMetric.conversionRate.estimate(columns(0)).value == 0.5)
        #expect(try CampaignMetric.spend.estimate(columns(0)).value == 0.5)
        let same = try CampaignMetric.clickThroughRate.pairedDifference(columns(0), columns(0))
        #expect(same.value == 0 && same.standardError == 0)
        #expect(throws: AnalyticsError.self) {
            try CampaignMetric.value.pairedDifference(columns(0), columns(0).selecting([0, 1]))
        }
    }

    @Test func groupsAreComparedWithEveryoneElse() throws {
        let groups = (0..<200).map { Int32($0 % 2) }
        let rows = try FairnessRows(
            groups: groups, numerators: groups.map { $0 == 0 ? 1 : 3 }, denominators: groups.map { _ in 10 })
        #expect(rows.overall.value == 0.2)
        #expect(rows.rows.map(\.rate.value) == [0.1, 0.3])
        #expect(abs((rows.rows.first?.gap.value ?? 0) + 0.2) < 1e-12)
    }
}
