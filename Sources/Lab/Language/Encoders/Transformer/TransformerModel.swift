public import LabNumerics

/// A pretrained encoder of the BERT family: tables of words, positions and types, and transformer blocks.
///
/// Its parameters are named as PyTorch's `nn.TransformerEncoder` names them, with query, key and value in one matrix.
public struct TransformerModel: Parametrised {
    public let shape: TransformerShape
    /// Word, position and type table, gain and bias of their normalisation, the blocks', and the pooler's if there is one.
    public var parameters: [Parameter]
    /// Whether it has the layer that BERT puts behind its first token.
    public let hasPooler: Bool

    var layout: TransformerLayout { TransformerLayout(shape: shape, hasPooler: hasPooler) }
    public var parameterNames: [String] { layout.names }

    /// A model of the given parameters.
    ///
    /// - Parameter parameters: in the order and with the shapes of `parameterNames`.
    init(_ shape: TransformerShape, parameters: [Parameter], hasPooler: Bool) {
        self.shape = shape
        self.parameters = parameters
        self.hasPooler = hasPooler
        precondition(parameters.count == layout.count, "a model has the parameters of its layout")
    }

    /// A model as BERT's begin before they are trained: weights normal with deviation 0.02, biases 0, gains 1.
    public init(_ shape: TransformerShape, hasPooler: Bool = false, stream: RandomStream) {
        let layout = TransformerLayout(shape: shape, hasPooler: hasPooler)
        let parameters = zip(layout.names, layout.sides).map { name, sides in
            let isGain = name.hasSuffix("weight") && name.contains("norm")
            let initialiser: Initialiser =
                sides.rows > 1 ? .normal(deviation: 0.02) : .constant(isGain ? 1 : 0)
            return Parameter(
                initialiser.matrix(rows: sides.rows, columns: sides.columns, stream: stream.child(name)))
        }
        self.init(shape, parameters: parameters, hasPooler: hasPooler)
    }

    /// The blocks, which share memory with the model.
    public var encoder: TransformerEncoder {
        TransformerEncoder(shape.block, parameters: Array(parameters[layout.blocks]))
    }

    /// The last hidden states of texts' ids, one row a token, [tokens, width], and where each text's rows are.
    ///
    /// - Parameter ids: of each text at least one, special ones included.
    /// - Throws: `LanguageError.badTokeniser` for an id outside the vocabulary, a text without ids or one of more than
    ///   `shape.longest`.
    public func hidden(_ ids: [[Int32]]) throws -> (tokens: Matrix, sequences: PackedSequences) {
        try check(ids)
        let sequences = PackedSequences(lengths: ids.map(\.count))
        guard !ids.isEmpty else { return (Matrix(rows: 0, columns: shape.width), sequences) }
        return (encoder(embedded(ids), sequences: sequences), sequences)
    }

    /// Why `ids` cannot be read.
    ///
    /// - Throws: `LanguageError.badTokeniser`.
    public func check(_ ids: [[Int32]]) throws { try shape.check(ids) }

    /// What goes into the first block, [tokens, width]: the normalised sum of the three tables' rows.
    func embedded(_ ids: [[Int32]]) -> Matrix {
        let width = shape.width
        var sum = Matrix(rows: ids.reduce(0) { $0 + $1.count }, columns: width)
        parameters[layout.word].withValues { words in
            parameters[layout.position].withValues { positions in
                var row = 0
                for text in ids {
                    for (id, position) in zip(text, shape.positions(of: text)) {
                        let (target, word, place) = (row * width, Int(id) * width, position * width)
                        for column in 0..<width {
                            sum.elements[target + column] = words[word + column] + positions[place + column]
                        }
                        row += 1
                    }
                }
            }
        }
        if let type = layout.type {
            parameters[type].withValues { types in
                for row in 0..<sum.rows {
                    for column in 0..<width { sum.elements[row * width + column] += types[column] }
                }
            }
        }
        var norm = LayerNorm(width: width, epsilon: shape.epsilon)
        norm.parameters = Array(parameters[layout.norm..<layout.norm + 2])
        return norm(sum)
    }
}
