import LabNumerics
import Testing

@Suite struct NetworkTests {
    @Test func initialWeightsFillTheirBound() {
        let network = MLP(sizes: [64, 128, 12], stream: RandomStream(seed: 1, name: "net"))
        #expect(network.parameterCount == 64 * 128 + 128 + 128 * 12 + 12)
        #expect(network.parameterNames == ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
        let largest = network.parameters[0].value.elements.map(\.magnitude).max() ?? 0
        #expect(largest <= 0.125 && largest > 0.124)
        #expect(network.parameters[2].rows == 12 && network.parameters[2].columns == 128)
    }

    @Test func aNetworkLearnsWhatALineCannot() {
        let inputs = Matrix([[0, 0], [0, 1], [1, 0], [1, 1]])
        var network = MLP(sizes: [2, 16, 2], activation: .tanh, stream: RandomStream(seed: 3, name: "xor"))
        var adam = Adam(learningRate: 0.05)
        let tape = Tape()
        for _ in 0..<200 {
            tape.reset()
            let handles = network.recorded(on: tape)
            let logits = network.forward(tape.constant(inputs), parameters: handles, on: tape)
            tape.backward(from: tape.crossEntropy(logits, targets: [0, 1, 1, 0]))
            adam.step(&network.parameters)
        }
        #expect(network(inputs).argmaxOfRows == [0, 1, 1, 0])
    }

    @Test func blendingMovesByItsRate() {
        var slow = Linear(weight: Matrix([[0, 4]]), bias: Matrix([[1]]))
        slow.blend(towards: Linear(weight: Matrix([[8, 8]]), bias: Matrix([[1]])), rate: 0.25)
        #expect(slow.weight.elements == [2, 5] && slow.bias.elements == [1])
    }
}
