import LabNumerics
import Testing

@Suite struct AllocationTests {
    static func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        var stream = RandomStream(seed: 5, name: "allocations")
        var matrix = Matrix(rows: rows, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }

    /// The control: without it a counter that is never called would pass everything else.
    @Test func theCounterCounts() {
        func arrays() {
            for length in 1...3 { Self.keep([Float](repeating: 1, count: length)) }
        }
        // The first time, the runtime allocates descriptions of types.
        arrays()
        guard let count = allocations(arrays) else { return }
        #expect(count == 3)
        #expect(allocations { UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 64).deallocate() } == 1)
        #expect(allocations { UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 8).deallocate() } == 1)
        #expect(allocations {} == 0)
    }

    @inline(never)
    @_optimize(none)
    static func keep(_ elements: [Float]) {}

    @Test(arguments: Activation.allCases) func aStepOfAnMLPAllocatesNothing(activation: Activation) {
        var network = MLP(sizes: [16, 32, 32, 4], activation: activation, stream: RandomStream(seed: 1, name: "net"))
        let slow = network
        var adam = Adam(learningRate: 1e-3)
        let tape = Tape()
        let (input, targets) = (Self.matrix(8, 16), [0, 1, 2, 3, 0, 1, 2, 3])
        let weights: [Float] = [1, 2, 1, 2, 1, 2, 1, 2]
        var next = Matrix(rows: 8, columns: 4)
        expectNoAllocations {
            tape.reset()
            let inputs = tape.constant(input)
            tape.copyValues(of: slow.forward(inputs, parameters: slow.fixed(on: tape), on: tape), into: &next)
            let handles = network.recorded(on: tape)
            let output = network.forward(inputs, parameters: handles, on: tape)
            let loss = tape.crossEntropy(output, targets: targets, weights: weights, reduction: .weightedMean)
            tape.backward(from: tape.add(loss, tape.huber(output, target: next)))
            adam.step(&network.parameters, clipping: .norm(1))
        }
    }

    /// The other operations, optimisers and what goes with them, parts of a batch, and sequences of changing length.
    @Test func everythingElseAllocatesNothingEither() {
        var network = MLP(sizes: [16, 32, 4], stream: RandomStream(seed: 1, name: "net"))
        var average = MovingAverage(of: network)
        var optimiser = SGD(learningRate: 1e-3, momentum: 0.9)
        let schedule = LearningRateSchedule.warmUp(steps: 2, factor: 0.1, then: .cosine(rate: 1e-3, end: 0, steps: 9))
        let tape = Tape()
        let input = Self.matrix(8, 16)
        let sparse = SparseRows(columns: 4, rows: [[(1, 2)], [(0, 1), (3, -1)]])
        var parts: [Variable] = []
        // 7, 8 and 4 come first: the largest is among them.
        var rows = 6
        expectNoAllocations {
            rows = rows == 8 ? 4 : rows + 1
            for part in 0..<2 {
                tape.reset()
                let handles = network.recorded(on: tape, accumulating: part == 1)
                let inputs = tape.constant(input.view[rows: 0..<rows])
                let output = network.forward(inputs, parameters: handles, on: tape)
                parts.removeAll(keepingCapacity: true)
                for row in 0..<rows { parts.append(tape.rows(row..<row + 1, of: output)) }
                let wide = tape.joinColumns(tape.joinRows(parts), tape.constant(input.view[rows: 0..<rows]))
                let joined = tape.columns(0..<4, of: wide)
                let half = tape.columns(0..<2, of: tape.softmax(joined))
                let bag = tape.matmul(sparse, tape.transposed(tape.rows(0..<4, of: tape.gelu(joined))))
                tape.backward(from: tape.add(tape.mean(tape.square(half)), tape.sum(tape.logSoftmax(bag))))
            }
            optimiser.learningRate = schedule.rate(after: optimiser.steps)
            optimiser.step(&network.parameters, clipping: .value(0.1))
            average.update(with: network)
        }
    }
}
