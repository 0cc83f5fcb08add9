/// Equal transformer blocks one behind the other, such as the six of MiniLM-L6 (384 wide, 12 heads, 1,536 inside).
public struct TransformerEncoder: Parametrised {
    public let settings: TransformerSettings
    public let depth: Int
    /// Those of the blocks, one block behind the other.
    public var parameters: [Parameter]
    private let dropouts: [[Dropout]]

    private static let share = TransformerBlock.names.count

    /// Such as `layers.0.self_attn.in_proj_weight`.
    public var parameterNames: [String] {
        (0..<depth).flatMap { block in TransformerBlock.names.map { "layers.\(block).\($0)" } }
    }

    /// `depth` blocks, each from a child stream of its own.
    public init(_ settings: TransformerSettings, depth: Int, stream: RandomStream) {
        precondition(depth > 0, "an encoder has one block or more")
        self.settings = settings
        self.depth = depth
        parameters = (0..<depth).flatMap { TransformerBlock(settings, stream: stream.child($0)).parameters }
        dropouts = (0..<depth).map { TransformerBlock.dropouts(settings, stream: stream.child($0)) }
    }

    /// An encoder of the given parameters, whose memory it shares until one of the two changes; without dropout.
    ///
    /// - Parameter parameters: those of the blocks, one block behind the other, with the shapes that `settings` ask for.
    public init(_ settings: TransformerSettings, parameters: [Parameter]) {
        settings.check()
        precondition(
            !parameters.isEmpty && parameters.count % Self.share == 0, "a block has \(Self.share) parameters")
        self.settings = settings
        depth = parameters.count / Self.share
        self.parameters = parameters
        dropouts = (0..<depth).map { _ in [] }
    }

    /// The places of one block's parameters among `parameters`.
    public func parameters(ofBlock block: Int) -> Range<Int> { block * Self.share..<(block + 1) * Self.share }

    /// The tokens' values behind the last block, [tokens, width], for `input` [tokens, width], on a tape.
    public func forward(
        _ input: Variable, sequences: PackedSequences, parameters: ParameterHandles, step: Int = 0, on tape: Tape
    ) -> Variable {
        var value = input
        for block in 0..<depth {
            value = TransformerBlock.forward(
                value, sequences, settings, parameters[self.parameters(ofBlock: block)], dropouts[block], step, tape)
        }
        return value
    }

    /// The same without a tape, and so without dropout.
    public func callAsFunction(_ input: Matrix, sequences: PackedSequences) -> Matrix {
        var value = input
        for block in 0..<depth {
            value = TransformerBlock.evaluate(value, sequences, settings, parameters[parameters(ofBlock: block)])
        }
        return value
    }
}
