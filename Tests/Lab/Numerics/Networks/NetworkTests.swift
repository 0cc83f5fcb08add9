import LabNumerics
import Testing

@Suite struct NetworkTests {
    @Test func initialWeightsFillTheirBound() {
        let network = MLP(sizes: [64, 128, 12], stream: RandomStream(seed: 1, name: "net"))
        #expect(network.parameterCount == 64 * 128 + 128 + 128 * 12 + 12)
        #expect(network.parameterNames == ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
        let largest = network.parameters[0].elements.map(\.magnitude).max() ?? 0
        #expect(largest <= 0.125 && largest > 0.124)
        #expect(network.parameters[2].rows == 12 && network.parameters[2].columns == 128)
    }

    /// Three steps on p = [1, −2] with gradients [0.5, −1], [0.1, 0.2], [−3, 0]; figures by PyTorch's definition,
    /// computed in Double by hand: see `adamByDefinition`.
    @Test(arguments: [Float(0), 0.1]) func adamFollowsItsDefinition(decay: Float) {
        let gradients: [[Float]] = [[0.5, -1], [0.1, 0.2], [-3, 0]]
        var adam = Adam(learningRate: 0.01, weightDecay: decay)
        var parameters = [Matrix([[1, -2]])]
        for gradient in gradients { adam.step(&parameters, gradients: [Matrix([gradient])]) }
        let expected = Self.adamByDefinition([1, -2], gradients, decay: Double(decay))
        for (found, wanted) in zip(parameters[0].elements, expected) { #expect(abs(Double(found) - wanted) < 1e-6) }
    }

    /// The textbook form with both moments corrected, without the rearrangement that `Adam` uses.
    static func adamByDefinition(_ start: [Double], _ gradients: [[Float]], decay: Double) -> [Double] {
        start.indices.map { index in
            var (p, m, v) = (start[index], 0.0, 0.0)
            for (step, gradient) in gradients.enumerated() {
                let g = Double(gradient[index])
                m = 0.9 * m + 0.1 * g
                v = 0.999 * v + 0.001 * g * g
                var (power1, power2) = (1.0, 1.0)
                for _ in 0...step { (power1, power2) = (power1 * 0.9, power2 * 0.999) }
                p -= 0.01 * decay * p
                p -= 0.01 * (m / (1 - power1)) / ((v / (1 - power2)).squareRoot() + 1e-8)
            }
            return p
        }
    }

    @Test func clippingKeepsTheDirection() {
        var clipped = Adam(learningRate: 1, beta1: 0, beta2: 0, epsilon: 1e6, maximumGradientNorm: 1)
        var parameters = [Matrix([[0]]), Matrix([[0]])]
        let norm = clipped.step(&parameters, gradients: [Matrix([[3]]), Matrix([[4]])])
        #expect(norm == 5)
        // With a huge epsilon a step is the gradient itself divided by it.
        #expect(
            abs(parameters[0].elements[0] * -1e6 - 0.6) < 1e-5 && abs(parameters[1].elements[0] * -1e6 - 0.8) < 1e-5)
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
            adam.step(&network.parameters, gradients: tape.gradients(of: handles))
        }
        #expect(network(inputs).argmaxOfRows == [0, 1, 1, 0])
    }

    @Test func blendingMovesByItsRate() {
        var slow = Linear(weight: Matrix([[0, 4]]), bias: Matrix([[1]]))
        slow.blend(towards: Linear(weight: Matrix([[8, 8]]), bias: Matrix([[1]])), rate: 0.25)
        #expect(slow.weight.elements == [2, 5] && slow.bias.elements == [1])
    }
}
