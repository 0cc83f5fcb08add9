import LabNumerics
import Testing

@Suite struct AdamTests {
    /// Leaves `gradients` on the layer's weight, as the slope of Σ weight · gradient.
    static func leave(_ gradients: [Matrix], on parameters: inout [Parameter], tape: Tape) {
        tape.reset()
        let handles = tape.record(&parameters)
        for (index, gradient) in gradients.enumerated() {
            tape.backward(from: tape.sum(tape.multiply(handles[index], tape.constant(gradient))))
        }
    }

    /// Three steps on p = [1, −2] against the textbook form with both moments corrected.
    @Test(arguments: [Float(0), 0.1]) func adamFollowsItsDefinition(decay: Float) {
        let gradients: [[Float]] = [[0.5, -1], [0.1, 0.2], [-3, 0]]
        var adam = Adam.decoupled(learningRate: 0.01, weightDecay: decay)
        var parameters = [Parameter(Matrix([[1, -2]]))]
        let tape = Tape()
        for gradient in gradients {
            Self.leave([Matrix([gradient])], on: &parameters, tape: tape)
            adam.step(&parameters)
        }
        let expected = Self.adamByDefinition([1, -2], gradients, decay: Double(decay))
        for (found, wanted) in zip(parameters[0].value.elements, expected) {
            #expect(abs(Double(found) - wanted) < 1e-6)
        }
    }

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
        var adam = Adam(learningRate: 1, beta1: 0, beta2: 0, epsilon: 1e6)
        var parameters = [Parameter(Matrix([[0]])), Parameter(Matrix([[0]]))]
        Self.leave([Matrix([[3]]), Matrix([[4]])], on: &parameters, tape: Tape())
        let norm = adam.step(&parameters, clipping: .norm(1))
        #expect(norm == 5)
        // With a huge epsilon a step is the gradient itself divided by it.
        let moved = parameters.map { $0.value.elements[0] * -1e6 }
        #expect(abs(moved[0] - 0.6) < 1e-5 && abs(moved[1] - 0.8) < 1e-5)
    }
}
