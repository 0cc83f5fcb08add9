import LabNumerics
import Testing

@Suite struct RandomStreamTests {
    /// Made by an independent implementation: `Fixtures/random_stream.py` (hashlib and plain Python integers).
    @Test func derivationIsAsDocumented() {
        var root = RandomStream(seed: 42, name: "policy/dqn/exploration")
        #expect((0..<6).map { _ in root.nextUInt32() } == Golden.root)
        var named = root.child("worker")
        #expect((0..<4).map { _ in named.nextUInt32() } == Golden.named)
        var indexed = root.child(7)
        #expect((0..<4).map { _ in indexed.nextUInt32() } == Golden.indexed)
        var negative = root.child(-1)
        #expect((0..<4).map { _ in negative.nextUInt32() } == Golden.negative)
        var wide = RandomStream(seed: 42, name: "policy/dqn/exploration")
        #expect(wide.nextUInt64() == UInt64(Golden.root[1]) << 32 | UInt64(Golden.root[0]))
    }

    @Test(arguments: [0, 1, 15, 16, 100, 1_024], [0, 1, 7, 32]) func wordsInBulkAreThoseOneByOne(count: Int, drawn: Int)
    {
        var single = RandomStream(seed: 9, name: "words")
        for _ in 0..<drawn { _ = single.nextUInt32() }
        var bulk = single
        var words = [UInt64](repeating: 0, count: count)
        bulk.fillWords(&words)
        #expect(words == (0..<count).map { _ in single.nextUInt64() })
        #expect(bulk.nextUInt32() == single.nextUInt32())
    }

    @Test func childrenDoNotDependOnDraws() {
        var parent = RandomStream(seed: 1, name: "a")
        var before = parent.child("x")
        for _ in 0..<5 { _ = parent.nextUInt32() }
        var after = parent.child("x")
        #expect(before.nextUInt64() == after.nextUInt64())
    }

    @Test func anIndexIsNeverAName() {
        let parent = RandomStream(seed: 1, name: "a")
        var names = [parent.child("0"), parent.child(0), parent.child(""), parent.child("\0\0\0\0\0\0\0\0"), parent]
        let draws = names.indices.map { names[$0].nextUInt64() }
        #expect(Set(draws).count == draws.count)
    }

    @Test func boundedDrawsAreUniform() {
        var stream = RandomStream(seed: 3, name: "bounded")
        for bound in [1, 2, 12, 100] {
            var counts = [Int](repeating: 0, count: bound)
            let expected = 2_000.0
            for _ in 0..<(bound * 2_000) { counts[stream.nextInt(below: bound)] += 1 }
            let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
            // χ² with bound − 1 degrees of freedom: mean + 5 standard deviations.
            let freedom = Double(bound - 1)
            #expect(statistic <= freedom + 5 * (2 * freedom).squareRoot())
        }
        let wide = Int(UInt32.max) * 3
        let draws = (0..<4_000).map { _ in stream.nextInt(below: wide) }
        #expect(draws.allSatisfy { 0 <= $0 && $0 < wide })
        let mean = draws.reduce(0.0) { $0 + Double($1) } / 4_000
        #expect(abs(mean / Double(wide) - 0.5) < 5 * 0.2887 / 63)
    }

    @Test func choosingFollowsTheWeights() {
        var stream = RandomStream(seed: 4, name: "choose")
        var counts = [0.0, 0, 0, 0]
        for _ in 0..<40_000 { counts[stream.choose(weights: [1, 0, 3, 0])] += 1 }
        #expect(counts[1] == 0 && counts[3] == 0)
        #expect(abs(counts[0] / 40_000 - 0.25) < 5 * 0.0022)
    }

    @Test func permutationsAreUniform() {
        var stream = RandomStream(seed: 5, name: "shuffle")
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[stream.permutation(4), default: 0] += 1 }
        #expect(counts.count == 24)
        let statistic = counts.values.reduce(0.0) { $0 + (Double($1) - 1_000) * (Double($1) - 1_000) / 1_000 }
        #expect(statistic < 23 + 5 * 46.0.squareRoot())
    }
}
