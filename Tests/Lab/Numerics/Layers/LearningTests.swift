import LabNumerics
import Testing

/// Whole networks learn what needs their parts: attention to other tokens, memory of earlier ones.
@Suite struct LearningTests {
    static let entries = 8

    /// `count` sequences of 2 … 9 symbols; class 1 where the first symbol occurs again, which half of them do.
    static func batch(_ count: Int, _ stream: inout RandomStream) -> SequenceBatch {
        var (lengths, symbols, classes): ([Int], [Int], [Int]) = ([], [], [])
        for _ in 0..<count {
            let length = 2 + stream.nextInt(below: 8)
            let first = stream.nextInt(below: entries)
            var sequence = [first]
            // Other symbols than the first, of which one may become it.
            for _ in 1..<length { sequence.append((first + 1 + stream.nextInt(below: entries - 1)) % entries) }
            let again = stream.nextInt(below: 2)
            if again == 1 { sequence[1 + stream.nextInt(below: length - 1)] = first }
            lengths.append(length)
            symbols += sequence
            classes.append(again)
        }
        return SequenceBatch(
            sequences: PackedSequences(lengths: lengths), symbols: symbols,
            positions: lengths.flatMap { Array(0..<$0) }, classes: classes)
    }

    static func train(_ network: inout some SequenceClassifier, steps: Int, rate: Float) {
        var adam = Adam(learningRate: rate)
        var stream = RandomStream(seed: 11, name: "batches")
        let tape = Tape()
        for step in 0..<steps {
            let batch = batch(32, &stream)
            tape.reset()
            let handles = network.recorded(on: tape)
            let logits = network.logits(batch, handles: handles, step: step, on: tape)
            tape.backward(from: tape.crossEntropy(logits, targets: batch.classes))
            adam.step(&network.parameters, clipping: .norm(1))
        }
    }

    /// The share of 2,000 new sequences that are put into their class.
    static func accuracy(_ network: some SequenceClassifier) -> Double {
        var network = network
        var stream = RandomStream(seed: 12, name: "test")
        let (batch, tape) = (batch(2_000, &stream), Tape())
        let fixed = network.fixed(on: tape)
        let chosen = tape.value(of: network.logits(batch, handles: fixed, step: 0, on: tape)).argmaxOfRows
        return Double(zip(chosen, batch.classes).count { $0 == $1 }) / 2_000
    }

    @Test func aTransformerFindsWhatOccursAgain() {
        var network = TinyTransformer(entries: Self.entries, stream: RandomStream(seed: 1, name: "net"))
        #expect(Self.accuracy(network) < 0.65)
        Self.train(&network, steps: 1_200, rate: 3e-3)
        #expect(Self.accuracy(network) > 0.95)
    }

    @Test func aGRURemembersTheFirstSymbol() {
        var network = TinyGRU(entries: Self.entries, stream: RandomStream(seed: 1, name: "net"))
        #expect(Self.accuracy(network) < 0.65)
        Self.train(&network, steps: 1_200, rate: 5e-3)
        #expect(Self.accuracy(network) > 0.95)
    }

    @Test func trainingTwiceGivesEqualBits() {
        let start = TinyTransformer(entries: Self.entries, dropout: 0.1, stream: RandomStream(seed: 1, name: "net"))
        var (first, second) = (start, start)
        Self.train(&first, steps: 20, rate: 1e-2)
        Self.train(&second, steps: 20, rate: 1e-2)
        #expect(first.parameters == second.parameters && first.parameters != start.parameters)
        let gru = TinyGRU(entries: Self.entries, stream: RandomStream(seed: 1, name: "net"))
        var (third, fourth) = (gru, gru)
        Self.train(&third, steps: 20, rate: 1e-2)
        Self.train(&fourth, steps: 20, rate: 1e-2)
        #expect(third.parameters == fourth.parameters && third.parameters != gru.parameters)
    }

    @Test func aStepAllocatesNothing() {
        let transformer = TinyTransformer(
            entries: Self.entries, dropout: 0.1, stream: RandomStream(seed: 1, name: "net"))
        Self.expectNoAllocationsInTraining(transformer)
        // Narrow, because OpenBLAS's kernels for small products take memory of their own for inner sides above 64.
        let gru = TinyGRU(entries: Self.entries, width: 12, stream: RandomStream(seed: 1, name: "net"))
        Self.expectNoAllocationsInTraining(gru)
    }

    static func expectNoAllocationsInTraining(_ network: some SequenceClassifier) {
        var (network, adam, tape) = (network, Adam(learningRate: 1e-3), Tape())
        var stream = RandomStream(seed: 11, name: "batches")
        let batch = batch(16, &stream)
        var step = 0
        expectNoAllocations {
            tape.reset()
            let handles = network.recorded(on: tape)
            let logits = network.logits(batch, handles: handles, step: step, on: tape)
            tape.backward(from: tape.crossEntropy(logits, targets: batch.classes))
            adam.step(&network.parameters, clipping: .norm(1))
            step += 1
        }
    }
}
