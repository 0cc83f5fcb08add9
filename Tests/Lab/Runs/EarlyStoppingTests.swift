import Foundation
import LabRuns
import Testing

@Suite struct EarlyStoppingTests {
    private func decisions(_ stopping: inout EarlyStopping, _ values: [Double]) -> [EarlyStopping.Decision] {
        values.enumerated().map { stopping.observe($1, step: $0) }
    }

    @Test func stopsWhenPatienceIsUsedUp() {
        var stopping = EarlyStopping(patience: 2, better: .lower)
        #expect(
            decisions(&stopping, [3, 2, 2, 2.5, 1.9, 4, 4, 4]) == [
                .improved, .improved, .wait, .wait, .improved, .wait, .wait, .stop,
            ])
        #expect(stopping.best == 1.9 && stopping.bestStep == 4)
    }

    @Test func smallGainsDoNotCount() {
        var stopping = EarlyStopping(patience: 0, minimumImprovement: 0.5, better: .higher)
        #expect(decisions(&stopping, [1, 1.5, 1.9]) == [.improved, .improved, .stop])
        #expect(stopping.bestStep == 1)
    }

    @Test func noNumberNeverImproves() {
        var stopping = EarlyStopping(patience: 1, better: .higher)
        #expect(decisions(&stopping, [.nan, -.infinity, .nan, .nan]) == [.wait, .improved, .wait, .stop])
    }

    @Test func survivesACheckpoint() throws {
        var stopping = EarlyStopping(patience: 1, minimumImprovement: 0.1, better: .lower)
        _ = decisions(&stopping, [3, 4])
        var copy = try JSONDecoder().decode(EarlyStopping.self, from: JSONEncoder().encode(stopping))
        #expect(copy == stopping)
        #expect(copy.observe(3, step: 9) == .stop)
    }
}
