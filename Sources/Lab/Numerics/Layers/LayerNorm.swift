/// Layer normalisation with a trainable gain and bias, as PyTorch's `nn.LayerNorm`.
///
/// Source: Ba et al., arXiv 1607.06450, equations 3 and 4, with ε under the root.
public struct LayerNorm: Parametrised {
    /// Gain and bias, both [1, width].
    public var parameters: [Parameter]
    /// What is added to the variance.
    public let epsilon: Float

    public var parameterNames: [String] { ["weight", "bias"] }

    /// Gain 1 and bias 0. PyTorch's default `epsilon` is 1e-5, BERT's 1e-12.
    public init(width: Int, epsilon: Float = 1e-5) {
        precondition(width > 0 && epsilon >= 0, "layer normalisation needs a positive width")
        parameters = [
            Parameter(Matrix(rows: 1, columns: width, repeating: 1)), Parameter(Matrix(rows: 1, columns: width)),
        ]
        self.epsilon = epsilon
    }

    /// The rows of `input` [rows, width] normalised, without a tape.
    public func callAsFunction(_ input: Matrix) -> Matrix {
        var output = input
        Self.evaluate(&output, gain: parameters[0], bias: parameters[1], epsilon: epsilon)
        return output
    }

    /// The same on a tape, with the handles that `recorded(on:)` or `fixed(on:)` gave.
    public func forward(_ input: Variable, parameters: ParameterHandles, on tape: Tape) -> Variable {
        tape.layerNorm(input, gain: parameters[0], bias: parameters[1], epsilon: epsilon)
    }

    /// Normalises the rows in place.
    static func evaluate(_ rows: inout Matrix, gain: Parameter, bias: Parameter, epsilon: Float) {
        let (count, columns) = (rows.rows, rows.columns)
        precondition(columns == gain.columns, "layer normalisation has one gain for each column")
        rows.elements.withUnsafeMutableBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 2) { statistics in
                guard let mean = statistics.baseAddress else { return }
                for row in 0..<count {
                    let line = start + row * columns
                    LayerNormKernel.forward(
                        line, gain: gain.pointer, bias: bias.pointer, epsilon: epsilon, line, mean: mean,
                        scale: mean + 1, rows: 1, columns: columns)
                }
            }
        }
    }
}
