import LabNumerics
import Testing

@testable import LabStatistics

@Suite struct IndexDrawsTests {
    /// Pearson's statistic of the places, at every number of places a word, against its 1 − 10⁻⁶ quantile.
    @Test(arguments: [1, 2, 7, 100, 400, 1_500, 12_000, 300_000, 70_000_000])
    func placesAreUniform(bound: Int) {
        let cells = min(bound, 50)
        var counts = [Int](repeating: 0, count: cells)
        var draws = IndexDraws(RandomStream(seed: 3, name: "places"), below: bound)
        var places = [Int](repeating: 0, count: 1_003)
        for _ in 0..<100 {
            draws.fill(&places)
            #expect(places.allSatisfy { $0 >= 0 && $0 < bound })
            for place in places { counts[place * cells / bound] += 1 }
        }
        var statistic = 0.0
        for (cell, count) in counts.enumerated() {
            let width = (0..<bound).count(inCell: cell, of: cells)
            let expected = 100_300 * Double(width) / Double(bound)
            statistic += (Double(count) - expected) * (Double(count) - expected) / expected
        }
        #expect(bound == 1 || ChiSquared(degreesOfFreedom: Double(cells - 1)).upperTail(statistic) > 1e-6)
    }

    /// The definition in wide integers: successive products of a word, redrawn under the threshold.
    @Test func placesAreThoseOfTheDefinition() {
        var stream = RandomStream(seed: 3, name: "places")
        var draws = IndexDraws(stream, below: 1_000)
        var places = [Int](repeating: 0, count: 23)
        for _ in 0..<300 {
            draws.fill(&places)
            var expected: [Int] = []
            while expected.count < 23 {
                var word = UInt128(stream.nextUInt64())
                var five: [Int] = []
                for _ in 0..<5 {
                    word *= 1_000
                    five.append(Int(word >> 64))
                    word &= UInt128(UInt64.max)
                }
                if word >= (UInt128(1) << 64) % 1_000_000_000_000_000 { expected += five }
            }
            #expect(places == Array(expected[..<23]))
        }
    }
}

extension Range<Int> {
    /// How many places below the range's end fall into a cell of `IndexDrawsTests`.
    fileprivate func count(inCell cell: Int, of cells: Int) -> Int {
        func first(_ cell: Int) -> Int { (cell * upperBound + cells - 1) / cells }
        return first(cell + 1) - first(cell)
    }
}
