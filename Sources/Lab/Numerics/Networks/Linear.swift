/// A fully connected layer: input · weightᵀ + bias.
public struct Linear: Parametrised {
    /// Weight [outputs, inputs] and bias [1, outputs].
    public var parameters: [Parameter]

    public var parameterNames: [String] { ["weight", "bias"] }
    public var weight: Matrix { parameters[0].value }
    public var bias: Matrix { parameters[1].value }

    /// A layer of the given matrices.
    public init(weight: Matrix, bias: Matrix) {
        precondition(bias.rows == 1 && bias.columns == weight.rows, "a bias has one element for each row of the weight")
        parameters = [Parameter(weight), Parameter(bias)]
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
        Self.evaluate(input.view, weight: parameters[0], bias: parameters[1], activation: .identity)
    }

    /// The same on a tape, with the handles that `recorded(on:)` or `fixed(on:)` gave.
    public func forward(_ input: Variable, parameters: ParameterHandles, on tape: Tape) -> Variable {
        tape.linear(input, weight: parameters[0], bias: parameters[1])
    }

    /// activation(input · weightᵀ + bias).
    static func evaluate(_ input: MatrixView, weight: Parameter, bias: Parameter, activation: Activation) -> Matrix {
        precondition(input.columns == weight.columns, "a layer's weight has one column for each input")
        var output = Matrix(rows: input.rows, columns: weight.rows)
        let (rows, columns) = (output.rows, output.columns)
        output.elements.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress, rows > 0 else { return }
            _ = input.withPointer { source in
                GEMM.current.gemm(
                    transposeA: input.isTransposed, transposeB: true, m: rows, n: columns, k: weight.columns, alpha: 1,
                    a: source, strideA: max(input.stride, 1), b: weight.pointer, strideB: weight.columns, beta: 0,
                    c: target, strideC: columns)
            }
            BiasKernels.addBias(bias.pointer, activating: activation, target, rows, columns)
        }
        return output
    }
}
