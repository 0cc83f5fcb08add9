/// Self-attention with several heads, with the names of PyTorch's `nn.MultiheadAttention`.
///
/// Source: Vaswani et al., arXiv 1706.03762, section 3.2.2.
public struct MultiHeadAttention: Parametrised {
    /// The joined weights of query, key and value [3 · width, width] and their bias [1, 3 · width]; the weight [width,
    /// width] and bias [1, width] of the output.
    public var parameters: [Parameter]
    public let heads: Int
    /// Whether a token sees itself and what is before it only.
    public let isCausal: Bool

    static let names = ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"]

    public var parameterNames: [String] { Self.names }
    public var width: Int { parameters[0].columns }

    /// Begins as PyTorch's: the joined weight Xavier-uniform, the output's uniform in ±1/√width, biases 0.
    public init(width: Int, heads: Int, isCausal: Bool = false, stream: RandomStream) {
        precondition(heads > 0 && width > 0 && width % heads == 0, "attention's width is a multiple of its heads")
        parameters = Self.parameters(width: width, stream: stream)
        self.heads = heads
        self.isCausal = isCausal
    }

    static func parameters(width: Int, stream: RandomStream) -> [Parameter] {
        let joined = Initialiser.xavierUniform()
        let output = Initialiser.uniform(bound: 1 / Float(width).squareRoot())
        return [
            Parameter(joined.matrix(rows: 3 * width, columns: width, stream: stream.child("in_proj"))),
            Parameter(Matrix(rows: 1, columns: 3 * width)),
            Parameter(output.matrix(rows: width, columns: width, stream: stream.child("out_proj"))),
            Parameter(Matrix(rows: 1, columns: width)),
        ]
    }

    /// What each token of `input` [tokens, width] gathers from its sequence, [tokens, width], on a tape.
    public func forward(
        _ input: Variable, sequences: PackedSequences, parameters: ParameterHandles, on tape: Tape
    ) -> Variable {
        let joined = tape.linear(input, weight: parameters[0], bias: parameters[1])
        let gathered = tape.attention(joined, sequences: sequences, heads: heads, isCausal: isCausal)
        return tape.linear(gathered, weight: parameters[2], bias: parameters[3])
    }

    /// The same without a tape.
    public func callAsFunction(_ input: Matrix, sequences: PackedSequences) -> Matrix {
        Self.evaluate(input, sequences, parameters[...], heads: heads, isCausal: isCausal)
    }

    static func evaluate(
        _ input: Matrix, _ sequences: PackedSequences, _ parameters: ArraySlice<Parameter>, heads: Int, isCausal: Bool
    ) -> Matrix {
        precondition(input.rows == sequences.tokens, "attention needs one row for each token")
        let first = parameters.startIndex
        let width = parameters[first].columns
        let joined = Linear.evaluate(
            input.view, weight: parameters[first], bias: parameters[first + 1], activation: .identity)
        var gathered = Matrix(rows: input.rows, columns: width)
        var scratch = [Float](repeating: 0, count: sequences.longest * sequences.longest)
        joined.elements.withUnsafeBufferPointer { joined in
            gathered.elements.withUnsafeMutableBufferPointer { gathered in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    sequences.starts.withUnsafeBufferPointer { starts in
                        guard let joined = joined.baseAddress, let gathered = gathered.baseAddress,
                            let scratch = scratch.baseAddress, let starts = starts.baseAddress
                        else { return }
                        AttentionKernel(
                            multiplier: GEMM.current, starts: starts, sequences: sequences.count, heads: heads,
                            width: width, isCausal: isCausal
                        ).forward(joined, gathered, probabilities: scratch, keepsProbabilities: false)
                    }
                }
            }
        }
        return Linear.evaluate(
            gathered.view, weight: parameters[first + 2], bias: parameters[first + 3], activation: .identity)
    }
}
