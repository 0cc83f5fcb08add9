import LabNumerics
import Testing

@Suite struct TapeTests {
    @Test func constantsGetNoGradient() {
        let tape = Tape()
        let (x, w) = (tape.constant(Matrix([[1, 2]])), tape.parameter(Matrix([[3, 4]])))
        tape.backward(from: tape.sum(tape.multiply(x, w)))
        #expect(tape.gradient(of: w).elements == [1, 2])
        #expect(tape.gradient(of: x).elements == [0, 0])
    }

    @Test func detachedValuesPassNothingBack() {
        let tape = Tape()
        let w = tape.parameter(Matrix([[3]]))
        tape.backward(from: tape.multiply(tape.detached(w), w))
        #expect(tape.gradient(of: w).elements == [3])
    }

    @Test func twoLossesAddTheirGradients() {
        let tape = Tape()
        let w = tape.parameter(Matrix([[3, -1]]))
        let shared = tape.square(w)
        tape.backward(from: tape.sum(shared))
        tape.backward(from: tape.sum(tape.scale(shared, by: 10)))
        #expect(tape.gradient(of: w).elements == [66, -22])
    }

    @Test func resettingChangesNoBit() {
        var network = MLP(sizes: [5, 7, 3], activation: .gelu, stream: RandomStream(seed: 1, name: "net"))
        var stream = RandomStream(seed: 2, name: "input")
        var input = Matrix(rows: 9, columns: 5)
        stream.fillNormal(&input.elements)
        let tape = Tape()
        var results: [[Matrix]] = []
        for _ in 0..<3 {
            tape.reset()
            let handles = network.recorded(on: tape)
            let output = network.forward(tape.constant(input), parameters: handles, on: tape)
            tape.backward(from: tape.crossEntropy(output, targets: [0, 1, 2, 0, 1, 2, 0, 1, 2]))
            results.append(tape.gradients(of: handles) + [tape.value(of: output)])
        }
        #expect(results[0] == results[1] && results[1] == results[2])
        let difference = zip(network(input).elements, results[0][4].elements).map { abs($0 - $1) }.max() ?? 1
        #expect(difference == 0, "inference and tape compute the same")
    }
}
