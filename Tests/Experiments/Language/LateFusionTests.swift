import LabNumerics
import LabStatistics
import Testing

@testable import LabExperiments

@Suite("Shares of parts")
struct LateFusionTests {
    private func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rows: rows.count, columns: rows[0].count, elements: Array(rows.joined()))
    }

    private let labels = [0, 1, 0, 1, 0, 1]
    /// Says the truth with a margin.
    private var right: Matrix { matrix(labels.map { $0 == 0 ? [2, 0] : [0, 2] }) }
    /// Says the contrary.
    private var wrong: Matrix { matrix(labels.map { $0 == 0 ? [0, 2] : [2, 0] }) }
    /// Says nothing.
    private var silent: Matrix { matrix(labels.map { _ in [0, 0] }) }

    /// Stars and bars: C(10 + k − 1, k − 1) ways.
    @Test("Every way to share ten tenths is tried once")
    func compositions() {
        for (count, ways) in [(1, 1), (2, 11), (3, 66), (4, 286)] {
            let all = LateFusion.compositions(of: 10, into: count)
            #expect(all.count == ways && Set(all).count == ways)
            #expect(all.allSatisfy { $0.count == count && $0.reduce(0, +) == 10 && $0.allSatisfy { $0 >= 0 } })
        }
    }

    @Test("One part has all of it")
    func alone() throws {
        #expect(try LateFusion.shares([right], labels: labels, measure: .macroF1) == [1])
        #expect(try LateFusion.shares([], labels: labels, measure: .macroF1) == [])
    }

    @Test("A part that errs gets nothing, whichever place it has")
    func chosen() throws {
        let shares = try LateFusion.shares([wrong, right], labels: labels, measure: .macroF1)
        #expect(shares[1] > 0.5 && abs(shares.reduce(0, +) - 1) < 1e-12)
        let three = try LateFusion.shares([right, wrong, silent], labels: labels, measure: .macroRecall)
        #expect(three[0] > three[1])
    }

    /// The first is right where the second is silent and the other way round: together they are right everywhere.
    @Test("Parts that know different things share")
    func shared() throws {
        let first = matrix(labels.enumerated().map { $0 < 3 ? ($1 == 0 ? [3, 0] : [0, 3]) : [0.1, 0] })
        let second = matrix(labels.enumerated().map { $0 >= 3 ? ($1 == 0 ? [3, 0] : [0, 3]) : [0.1, 0] })
        let shares = try LateFusion.shares([first, second], labels: labels, measure: .macroF1)
        #expect(shares == [0.5, 0.5])
    }
}
