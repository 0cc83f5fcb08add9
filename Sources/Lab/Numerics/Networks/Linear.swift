/// A fully connected layer: input · weightᵀ + bias.
public struct Linear: Parametrised {
    /// Weight [outputs, inputs] and bias [1, outputs].
    public var parameters: [Matrix]

    public var parameterNames: [String] { ["weight", "bias"] }
    public var weight: Matrix { parameters[0] }
    public var bias: Matrix { parameters[1] }

    /// A layer of the given matrices.
    public init(weight: Matrix, bias: Matrix) {
        precondition(bias.rows == 1 && bias.columns == weight.rows, "a bias has one element for each row of the weight")
        parameters = [weight, bias]
    }

    /// A layer whose weights and biases are uniform in ±1/√inputs, as PyTorch's `nn.Linear` begins.
    public init(inputs: Int, outputs: Int, stream: RandomStream) {
        let bound = 1 / Float(max(inputs, 1)).squareRoot()
        var stream = stream
        func uniform(_ rows: Int, _ columns: Int) -> Matrix {
            var matrix = Matrix(rows: rows, columns: columns)
            stream.fillUniform(&matrix.elements)
            for index in matrix.elements.indices { matrix.elements[index] = bound * (2 * matrix.elements[index] - 1) }
            return matrix
        }
        let weight = uniform(outputs, inputs)
        self.init(weight: weight, bias: uniform(1, outputs))
    }

    /// The layer's output [batch, outputs] for `input` [batch, inputs], without a tape.
    public func callAsFunction(_ input: Matrix) -> Matrix {
        var output = OpenBLASMultiplier().product(input, weight, transposeRight: true)
        Self.finish(&output, bias: bias, activation: .identity)
        return output
    }

    /// The same on a tape, with `parameters` as `recorded(on:)` gave them.
    public func forward(_ input: Variable, parameters: [Variable], on tape: Tape) -> Variable {
        tape.linear(input, weight: parameters[0], bias: parameters[1])
    }

    static func finish(_ output: inout Matrix, bias: Matrix, activation: Activation) {
        let (rows, columns) = (output.rows, output.columns)
        bias.elements.withUnsafeBufferPointer { bias in
            output.elements.withUnsafeMutableBufferPointer { out in
                guard let start = out.baseAddress else { return }
                for row in 0..<rows {
                    let line = start + row * columns
                    for column in 0..<columns { line[column] += bias[column] }
                }
                activation.apply(start, rows * columns)
            }
        }
    }
}
