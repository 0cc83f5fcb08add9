/// A gated recurrent unit over sequences of unequal length, with the formulas and names of PyTorch's `nn.GRU`.
///
/// r = σ(W_ir x + b_ir + W_hr h + b_hr), z = σ(W_iz x + b_iz + W_hz h + b_hz),
/// n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h ← (1 − z) n + z h, from h = 0.
/// Weights hold the three gates in the order r, z, n. Read from both ends, the two states stand side by side.
///
/// Source: Cho et al., arXiv 1406.1078, section 2.3; PyTorch's documentation for the place of the reset gate.
public struct GRU: Parametrised {
    /// For each direction W_i [3 · width, inputs], W_h [3 · width, width], b_i and b_h [1, 3 · width].
    public var parameters: [Parameter]
    public let inputs: Int
    public let width: Int
    /// Whether sequences are read from both ends.
    public let isBidirectional: Bool

    public var parameterNames: [String] {
        ["", "_reverse"].prefix(isBidirectional ? 2 : 1).flatMap { suffix in
            ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map { $0 + "_l0" + suffix }
        }
    }

    /// The columns of the output: `width`, or twice that.
    public var outputs: Int { isBidirectional ? 2 * width : width }

    /// All parameters uniform in ±1/√width, as PyTorch's begin.
    public init(inputs: Int, width: Int, isBidirectional: Bool = false, stream: RandomStream) {
        precondition(inputs > 0 && width > 0, "a GRU has inputs and states")
        let initialiser = Initialiser.uniform(bound: 1 / Float(width).squareRoot())
        let shapes = [(3 * width, inputs), (3 * width, width), (1, 3 * width), (1, 3 * width)]
        parameters = (0..<(isBidirectional ? 8 : 4)).map { index in
            let (rows, columns) = shapes[index % 4]
            return Parameter(initialiser.matrix(rows: rows, columns: columns, stream: stream.child(index)))
        }
        self.inputs = inputs
        self.width = width
        self.isBidirectional = isBidirectional
    }

    /// The states after each token, [tokens, outputs], for `input` [tokens, inputs], on a tape.
    public func forward(
        _ input: Variable, sequences: PackedSequences, parameters: ParameterHandles, on tape: Tape
    ) -> Variable {
        let ahead = direction(input, sequences, parameters[0..<4], fromEnd: false, tape)
        guard isBidirectional else { return ahead }
        let back = direction(input, sequences, parameters[4..<8], fromEnd: true, tape)
        return tape.joinColumns(ahead, back)
    }

    private func direction(
        _ input: Variable, _ sequences: PackedSequences, _ handles: ParameterHandles, fromEnd: Bool, _ tape: Tape
    ) -> Variable {
        let gates = tape.linear(input, weight: handles[0], bias: handles[2])
        return tape.recurrence(gates, weight: handles[1], bias: handles[3], sequences: sequences, fromEnd: fromEnd)
    }

    /// The same without a tape.
    public func callAsFunction(_ input: Matrix, sequences: PackedSequences) -> Matrix {
        precondition(input.rows == sequences.tokens, "a GRU needs one row for each token")
        var output = Matrix(rows: input.rows, columns: outputs)
        for direction in 0..<(isBidirectional ? 2 : 1) {
            let states = evaluate(
                input, sequences, Array(parameters[4 * direction..<4 * direction + 4]), direction == 1)
            for row in 0..<input.rows {
                let start = row * outputs + direction * width
                output.elements.replaceSubrange(start..<start + width, with: states.row(row))
            }
        }
        return output
    }

    private func evaluate(
        _ input: Matrix, _ sequences: PackedSequences, _ parameters: [Parameter], _ fromEnd: Bool
    ) -> Matrix {
        let gates = Linear.evaluate(input.view, weight: parameters[0], bias: parameters[2], activation: .identity)
        var states = Matrix(rows: input.rows, columns: width)
        let steps = fromEnd ? sequences.backwardSteps : sequences.forwardSteps
        var scratch = [Float](repeating: 0, count: sequences.count * 4 * width + 4 * width)
        gates.elements.withUnsafeBufferPointer { gates in
            states.elements.withUnsafeMutableBufferPointer { states in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    steps.rows.withUnsafeBufferPointer { rows in
                        steps.widths.withUnsafeBufferPointer { widths in
                            guard let gates = gates.baseAddress, let states = states.baseAddress,
                                let scratch = scratch.baseAddress, let rows = rows.baseAddress,
                                let widthsStart = widths.baseAddress
                            else { return }
                            GRUKernel(
                                multiplier: GEMM.current, rows: rows, widths: widthsStart, steps: widths.count,
                                width: width
                            ).forward(
                                gates: gates, weight: parameters[1].pointer, bias: parameters[3].pointer, states,
                                saved: scratch + sequences.count * 4 * width, keepsAll: false, state: scratch,
                                part: scratch + sequences.count * width)
                        }
                    }
                }
            }
        }
        return states
    }
}
