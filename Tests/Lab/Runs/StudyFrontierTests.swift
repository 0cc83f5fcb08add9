import LabCharts
import LabNumerics
import Testing

@testable import LabRuns

@Suite("The frontier of a study")
struct StudyFrontierTests {
    private func summary(
        _ name: String, _ values: [[Double]], better: Figure.Direction?, clock: Bool = false,
        variants: [String] = ["base"]
    ) -> FigureSummary {
        let sample = StudySample(
            name: name, unit: clock ? "CPU s" : nil, better: better, isMeasuredByClock: clock, variants: variants,
            seeds: [1, 2], values: values)
        return FigureSummary(sample, StudyConfiguration()) { RandomStream(seed: 1, name: $0) }
    }

    @Test("Endings pair a quality with its cost; what something cheaper equals is not on the frontier")
    func endings() throws {
        let found = StudyFrontier.frontiers([
            summary("f1", [[0.8, 0.9]], better: .higher),
            summary("seconds", [[100, 120]], better: .lower, clock: true),
            summary("f1.small", [[0.6, 0.62]], better: .higher),
            summary("seconds.small", [[1, 3]], better: .lower, clock: true),
            summary("f1.wasteful", [[0.6, 0.6]], better: .higher),
            summary("seconds.wasteful", [[50, 50]], better: .lower, clock: true),
            // No cost of this name, no quality of that; less is better, but no clock said it.
            summary("f1.over.small", [[0.2, 0.3]], better: .higher),
            summary("seconds.else", [[5, 5]], better: .lower, clock: true), summary("loss", [[1, 2]], better: .lower),
        ])
        let frontier = try #require(found.first)
        #expect(found.count == 1 && frontier.table.name == "frontier.seconds")
        #expect(frontier.points.map(\.name) == ["small", "wasteful", "the whole"])
        #expect(frontier.points.map(\.isOnFrontier) == [true, false, true])
        #expect(frontier.points.map(\.cost) == [2, 50, 110])
        #expect(abs(frontier.points[0].value - 0.61) < 1e-12 && frontier.points[0].lower < 0.61)
        #expect(frontier.table.columns[1] == "seconds [CPU s]")
        #expect(frontier.table.rows.map { $0[5] } == ["yes", "no", "yes"])
        #expect(frontier.chart(experiment: "x").points == frontier.points)
    }

    @Test("Variants are ways of their own, and less can be better")
    func variants() throws {
        let found = StudyFrontier.frontiers([
            summary("error", [[3, 3], [2, 2], [4, 4]], better: .lower, variants: ["a=1", "a=2", "a=3"]),
            summary(
                "seconds", [[1, 1], [1, 1], [9, 9]], better: .lower, clock: true, variants: ["a=1", "a=2", "a=3"]),
        ])
        let frontier = try #require(found.first)
        #expect(frontier.points.map(\.name) == ["a=2", "a=1", "a=3"])
        #expect(frontier.points.map(\.isOnFrontier) == [true, false, false])
    }

    @Test("One way makes no frontier, nor does a quality without a direction")
    func none() {
        let cost = summary("seconds", [[1, 1]], better: .lower, clock: true)
        #expect(StudyFrontier.frontiers([summary("f1", [[1, 1]], better: .higher), cost]).isEmpty)
        #expect(StudyFrontier.frontiers([summary("f1", [[1, 1]], better: nil), cost]).isEmpty)
        #expect(StudyFrontier.frontiers([]).isEmpty)
    }
}
