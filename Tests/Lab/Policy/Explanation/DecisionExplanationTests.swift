import LabDomain
import LabNumerics
import LabStatistics
import Testing

@testable import LabPolicy

@Suite struct DecisionExplanationTests {
    static let scorer = ShapleyTests.Formula(features: ["mood", "spend", "noise"], actions: 3) { x in
        [x[0], 2 * x[1], 10]
    }

    static func explainer() throws -> ShapleyExplainer {
        try ShapleyExplainer(scorer, background: ShapleyTests.background(10, width: 3))
    }

    @Test func theMaskDecidesAmongTheScores() throws {
        let explainer = try Self.explainer()
        let free = try explainer.decision([3, 1, 0], permitted: [true, true, true], stream: ShapleyTests.stream)
        #expect(free.chosen == 2 && free.runnerUp == 0 && free.unmasked == 2 && free.gap == 7)
        #expect(free.ranking == [2, 0, 1])
        let masked = try explainer.decision([3, 1, 0], permitted: [true, true, false], stream: ShapleyTests.stream)
        #expect(masked.chosen == 0 && masked.runnerUp == 1 && masked.unmasked == 2 && masked.gap == 1)
        let forced = try explainer.decision([3, 1, 0], permitted: [false, true, false], stream: ShapleyTests.stream)
        #expect(forced.chosen == 1 && forced.runnerUp == nil && forced.gap == nil)
        // Of equals the first, as policies choose.
        let tied = try explainer.decision([2, 1, 0], permitted: [true, true, false], stream: ShapleyTests.stream)
        #expect(tied.chosen == 0 && tied.gap == 0)
    }

    /// The margin is moved by what its two actions look at, and by nothing else.
    @Test func theMarginIsWhatIsExplained() throws {
        let masked = try Self.explainer().decision(
            [3, 1, 0], permitted: [true, true, false], stream: ShapleyTests.stream)
        #expect(abs(masked.margin.value - 1) < 1e-6)
        #expect(masked.margin.shares[0].value > 2 && masked.margin.shares[1].value < -1)
        #expect(masked.margin.shares[2].value.magnitude < 1e-6)
        #expect(masked.margin.bySize.last?.group == "noise")
    }

    @Test func segmentsAreSummedUp() throws {
        let explainer = try Self.explainer()
        let decisions = try [[3, 1, 0], [4, 1, 0], [1, 3, 0], [5, 1, 1]].map { state in
            try explainer.decision(
                state.map { Float($0) }, permitted: [true, true, false], stream: ShapleyTests.stream)
        }
        let segment = try SegmentExplanation(segment: 2, decisions)
        #expect(segment.count == 4 && segment.actions.map(\.value) == [0.75, 0.25, 0])
        #expect(segment.gap.value == (1 + 2 + 5 + 3) / 4.0)
        #expect(segment.masked.value == 1)
        #expect(segment.groups.map(\.name) == ["mood", "spend", "noise"])
        #expect(segment.groups[2].size.value < 1e-6 && segment.groups[0].size.value > 1)
        #expect(segment.groups[0].size.interval.lower < segment.groups[0].size.value)
    }
}
