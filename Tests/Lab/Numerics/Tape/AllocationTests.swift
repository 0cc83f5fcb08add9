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
}
