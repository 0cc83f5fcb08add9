/// Attention and a feed-forward part, each with a sum and a layer normalisation, with the names of PyTorch's
/// `nn.TransformerEncoderLayer`.
///
/// Source: Vaswani et al., arXiv 1706.03762, section 3.1; normalisation before: Xiong et al., arXiv 2002.04745.
public struct TransformerBlock: Parametrised {
    public let settings: TransformerSettings
    /// Those of the attention, the two linear layers and the two normalisations.
    public var parameters: [Parameter]
    /// Behind attention, inside and behind the feed-forward part.
    private let dropouts: [Dropout]

    static let names =
        MultiHeadAttention.names.map { "self_attn." + $0 }
        + ["linear1", "linear2", "norm1", "norm2"].flatMap { [$0 + ".weight", $0 + ".bias"] }

    public var parameterNames: [String] { Self.names }

    /// Attention and linear layers with the initial weights of `MultiHeadAttention` and `Linear`.
    public init(_ settings: TransformerSettings, stream: RandomStream) {
        settings.check()
        self.settings = settings
        let (width, inner) = (settings.width, settings.inner)
        let norm = LayerNorm(width: width).parameters
        parameters =
            MultiHeadAttention.parameters(width: width, stream: stream.child("self_attn"))
            + Linear(inputs: width, outputs: inner, stream: stream.child("linear1")).parameters
            + Linear(inputs: inner, outputs: width, stream: stream.child("linear2")).parameters + norm
            + norm.map { Parameter($0.value) }
        dropouts = Self.dropouts(settings, stream: stream)
    }

    static func dropouts(_ settings: TransformerSettings, stream: RandomStream) -> [Dropout] {
        (0..<3).map { Dropout(probability: settings.dropout, stream: stream.child("dropout").child($0)) }
    }

    /// The tokens' new values, [tokens, width], for `input` [tokens, width], on a tape.
    ///
    /// - Parameter step: the step of the training, which the masks of dropout hang on.
    public func forward(
        _ input: Variable, sequences: PackedSequences, parameters: ParameterHandles, step: Int = 0, on tape: Tape
    ) -> Variable {
        Self.forward(input, sequences, settings, parameters, dropouts, step, tape)
    }

    static func forward(
        _ input: Variable, _ sequences: PackedSequences, _ settings: TransformerSettings, _ handles: ParameterHandles,
        _ dropouts: [Dropout], _ step: Int, _ tape: Tape
    ) -> Variable {
        func norm(_ value: Variable, _ first: Int) -> Variable {
            tape.layerNorm(value, gain: handles[first], bias: handles[first + 1], epsilon: settings.epsilon)
        }
        func attended(_ value: Variable) -> Variable {
            let joined = tape.linear(value, weight: handles[0], bias: handles[1])
            let gathered = tape.attention(
                joined, sequences: sequences, heads: settings.heads, isCausal: settings.isCausal)
            let mixed = tape.linear(gathered, weight: handles[2], bias: handles[3])
            return dropouts[0].forward(mixed, step: step, on: tape)
        }
        func transformed(_ value: Variable) -> Variable {
            let inner = tape.linear(value, weight: handles[4], bias: handles[5], activation: settings.activation)
            let kept = dropouts[1].forward(inner, step: step, on: tape)
            let outer = tape.linear(kept, weight: handles[6], bias: handles[7])
            return dropouts[2].forward(outer, step: step, on: tape)
        }
        switch settings.order {
        case .after:
            let middle = norm(tape.add(input, attended(input)), 8)
            return norm(tape.add(middle, transformed(middle)), 10)
        case .before:
            let middle = tape.add(input, attended(norm(input, 8)))
            return tape.add(middle, transformed(norm(middle, 10)))
        }
    }

    /// The same without a tape, and so without dropout.
    public func callAsFunction(_ input: Matrix, sequences: PackedSequences) -> Matrix {
        Self.evaluate(input, sequences, settings, parameters[...])
    }

    static func evaluate(
        _ input: Matrix, _ sequences: PackedSequences, _ settings: TransformerSettings,
        _ parameters: ArraySlice<Parameter>
    ) -> Matrix {
        let first = parameters.startIndex
        func normalise(_ value: inout Matrix, _ index: Int) {
            LayerNorm.evaluate(
                &value, gain: parameters[first + index], bias: parameters[first + index + 1], epsilon: settings.epsilon)
        }
        func attended(_ value: Matrix) -> Matrix {
            MultiHeadAttention.evaluate(
                value, sequences, parameters[first..<first + 4], heads: settings.heads, isCausal: settings.isCausal)
        }
        func transformed(_ value: Matrix) -> Matrix {
            let inner = Linear.evaluate(
                value.view, weight: parameters[first + 4], bias: parameters[first + 5], activation: settings.activation)
            return Linear.evaluate(
                inner.view, weight: parameters[first + 6], bias: parameters[first + 7], activation: .identity)
        }
        var value = input
        switch settings.order {
        case .after:
            value.add(attended(value))
            normalise(&value, 8)
            value.add(transformed(value))
            normalise(&value, 10)
        case .before:
            var normal = value
            normalise(&normal, 8)
            value.add(attended(normal))
            normal = value
            normalise(&normal, 10)
            value.add(transformed(normal))
        }
        return value
    }
}

extension Matrix {
    /// self ← self + other; equal shapes.
    mutating func add(_ other: Matrix) {
        precondition(rows == other.rows && columns == other.columns, "sums need equal shapes")
        elements.withUnsafeMutableBufferPointer { own in
            other.elements.withUnsafeBufferPointer { other in
                if let own = own.baseAddress, let start = other.baseAddress {
                    Elementwise.add(own, start, own, other.count)
                }
            }
        }
    }
}
