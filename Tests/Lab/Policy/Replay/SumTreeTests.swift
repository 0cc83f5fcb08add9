import LabNumerics
import Testing

@testable import LabPolicy

/// The tree against a plain array.
@Suite struct SumTreeTests {
    /// The first place at which the running sum exceeds `sum`.
    private static func place(_ weights: [Double], at sum: Double) -> Int {
        var running = 0.0
        for (place, weight) in weights.enumerated() {
            running += weight
            if sum < running { return place }
        }
        return weights.count - 1
    }

    /// Weights are whole numbers here, so that sums are exact in any order.
    @Test(arguments: [1, 2, 3, 7, 64, 100])
    func thousandsOfChangesAreThoseOfAnArray(capacity: Int) {
        var stream = RandomStream(seed: UInt64(capacity), name: "tree")
        var tree = SumTree(capacity: capacity)
        var plain = [Double](repeating: 0, count: capacity)
        #expect(tree.total == 0)
        var wrong = 0
        for _ in 0..<3_000 {
            let place = stream.nextInt(below: capacity)
            let weight = Double(stream.nextInt(below: 4) == 0 ? 0 : stream.nextInt(below: 50))
            tree[place] = weight
            plain[place] = weight
            let total = plain.reduce(0, +)
            if tree.total != total || tree[place] != weight { wrong += 1 }
            guard total > 0 else { continue }
            let sum = Double(stream.nextInt(below: Int(total)))
            for sum in [sum, sum + 0.5, 0, total - 0.25] where tree.place(at: sum) != Self.place(plain, at: sum) {
                wrong += 1
            }
        }
        #expect(wrong == 0)
        #expect(tree.weights == plain && tree == SumTree(plain))
    }

    @Test func whatHasNoWeightIsNeverFound() {
        var tree = SumTree(capacity: 6)
        tree[2] = 0.1
        tree[4] = 0.2
        // Sums that rounding made too large stay with what has weight.
        for sum in [0, 0.05, 0.1, 0.2, tree.total, tree.total.nextUp, 1] {
            #expect([2, 4].contains(tree.place(at: sum)), "\(sum)")
        }
    }

    @Test func sumsDoNotDrift() {
        var stream = RandomStream(seed: 1, name: "drift")
        var tree = SumTree((0..<1_000).map { _ in stream.nextDouble() })
        for _ in 0..<50_000 {
            tree[stream.nextInt(below: 1_000)] = stream.nextDouble() * (stream.nextInt(below: 10) == 0 ? 1e9 : 1e-3)
        }
        #expect(tree == SumTree(tree.weights))
    }
}
