import LabStatistics
import Testing

@Suite struct MultipleComparisonsTests {
    static let pValues = [0.01, 0.04, 0.03, 0.005, 0.55]

    /// By hand from the sorted 0.005, 0.01, 0.03, 0.04, 0.55; as R's `p.adjust` and statsmodels' `multipletests`.
    @Test(arguments: [
        (MultipleComparisons.bonferroni, [0.05, 0.2, 0.15, 0.025, 1]),
        (.holm, [0.04, 0.09, 0.09, 0.025, 0.55]),
        (.hochberg, [0.04, 0.08, 0.08, 0.025, 0.55]),
        (.benjaminiHochberg, [0.025, 0.05, 0.05, 0.025, 0.55]),
        (.benjaminiYekutieli, [0.025, 0.05, 0.05, 0.025, 0.55].map { min(1, $0 * 137 / 60) }),
        (.fixedSequence, [0.01, 0.04, 0.04, 0.04, 0.55]),
    ]) func byHand(method: MultipleComparisons, expected: [Double]) throws {
        let found = try method.adjusted(Self.pValues)
        for (value, wanted) in zip(found, expected) {
            #expect(abs(value - wanted) < 1e-14, "\(method): \(found), not \(expected)")
        }
        #expect(try method.adjusted([]).isEmpty && method.adjusted([0.3]) == [0.3])
        #expect(throws: StatisticsError.self) { try method.adjusted([0.1, -0.1]) }
    }
}
