import Foundation
import LabPrivacy
import LabProfiles
import LabRuns
import LabStatistics

/// How far the released counts are from the true ones, beside what theory says; only a simulation may tell.
struct ReleaseError {
    private let released: ReleasedHistogram
    private let truth: [Int]
    private let noise: DiscreteLaplace

    init(_ released: ReleasedHistogram, state: ProfileState, noise: DiscreteLaplace) throws {
        var truth = [Int](repeating: 0, count: EmotionCell.all.count)
        for place in state.customers.indices { truth[EmotionCell(state[place]).index] += 1 }
        guard released.counts.count == truth.count else {
            throw RunsError.defect("\(released.counts.count) counts were released for \(truth.count) cells")
        }
        self.released = released
        self.truth = truth
        self.noise = noise
    }

    private var errors: [Double] { zip(released.counts, truth).map { abs(Double($0 - $1)) } }

    var figures: [Figure] {
        let cells = Double(truth.count)
        let within = errors.count { $0 <= Double(released.halfWidth) }
        return [
            Figure(
                "releaseMeanError", errors.reduce(0, +) / cells, unit: "customers", count: truth.count, better: .lower),
            // E|X| of the discrete Laplace distribution.
            Figure("releaseMeanErrorExpected", 1 / sinh(1 / noise.scale.value), unit: "customers"),
            Figure("releaseMaximumError", errors.max() ?? 0, unit: "customers", better: .lower),
            // All cells at once stay within it with 95 %.
            Figure(
                "releaseMaximumErrorBound", Double(noise.halfWidth(level: pow(0.95, 1 / cells))), unit: "customers"),
            Figure("releaseCoverage", Double(within) / cells, count: truth.count),
            Figure("ledger.spentEpsilon", released.spentEpsilon),
            Figure("ledger.remainingEpsilon", max(0, released.budgetEpsilon - released.spentEpsilon)),
        ]
    }

    var table: ResultTable {
        ResultTable(
            "emotionBySegment",
            columns: ["segment", "emotion", "released", "lower 95 %", "upper 95 %", "true (simulation)"],
            rows: EmotionCell.all.enumerated().map { index, cell in
                let count = released.counts[index]
                return [
                    .text(cell.segment.name), .text(cell.sentimentName), Cell(count), Cell(count - released.halfWidth),
                    Cell(count + released.halfWidth), Cell(truth[index]),
                ]
            })
    }
}
