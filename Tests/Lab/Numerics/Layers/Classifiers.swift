import LabNumerics

/// What the tests of learning train: symbols of sequences of unequal length in, two classes out.
protocol SequenceClassifier: Parametrised {
    mutating func logits(
        _ batch: SequenceBatch, handles: ParameterHandles, step: Int, on tape: Tape
    ) -> Variable
}

/// Symbols of several sequences one behind the other, with the class of each sequence.
struct SequenceBatch {
    let sequences: PackedSequences
    let symbols: [Int]
    let positions: [Int]
    let classes: [Int]
}

/// Embedded symbols and positions, two transformer blocks, the mean of the tokens, a linear layer.
struct TinyTransformer: SequenceClassifier {
    var parameters: [Parameter]
    private let symbols: Embedding
    private let positions: Embedding
    private let encoder: TransformerEncoder
    private let head: Linear

    var parameterNames: [String] {
        ["symbols.weight", "positions.weight"] + encoder.parameterNames + ["head.weight", "head.bias"]
    }

    init(entries: Int, dropout: Float = 0, stream: RandomStream) {
        let settings = TransformerSettings(width: 16, heads: 2, inner: 32, order: .before, dropout: dropout)
        symbols = Embedding(entries: entries, width: 16, stream: stream.child("symbols"))
        positions = Embedding(entries: 16, width: 16, stream: stream.child("positions"))
        encoder = TransformerEncoder(settings, depth: 2, stream: stream.child("encoder"))
        head = Linear(inputs: 16, outputs: 2, stream: stream.child("head"))
        parameters = symbols.parameters + positions.parameters + encoder.parameters + head.parameters
    }

    func logits(_ batch: SequenceBatch, handles: ParameterHandles, step: Int, on tape: Tape) -> Variable {
        let tokens = tape.add(
            symbols.forward(batch.symbols, parameters: handles[0..<1], on: tape),
            positions.forward(batch.positions, parameters: handles[1..<2], on: tape))
        let encoded = encoder.forward(
            tokens, sequences: batch.sequences, parameters: handles[2..<handles.count - 2], step: step, on: tape)
        let pooled = tape.pool(encoded, sequences: batch.sequences, by: .mean)
        return head.forward(pooled, parameters: handles[handles.count - 2..<handles.count], on: tape)
    }
}

/// Embedded symbols, a GRU from both ends, the largest state of each sequence, a linear layer.
struct TinyGRU: SequenceClassifier {
    var parameters: [Parameter]
    private let symbols: Embedding
    private let gru: GRU
    private let head: Linear

    var parameterNames: [String] { ["symbols.weight"] + gru.parameterNames + ["head.weight", "head.bias"] }

    init(entries: Int, width: Int = 24, stream: RandomStream) {
        symbols = Embedding(entries: entries, width: width, stream: stream.child("symbols"))
        gru = GRU(inputs: width, width: width, isBidirectional: true, stream: stream.child("gru"))
        head = Linear(inputs: 2 * width, outputs: 2, stream: stream.child("head"))
        parameters = symbols.parameters + gru.parameters + head.parameters
    }

    func logits(_ batch: SequenceBatch, handles: ParameterHandles, step: Int, on tape: Tape) -> Variable {
        let tokens = symbols.forward(batch.symbols, parameters: handles[0..<1], on: tape)
        let states = gru.forward(tokens, sequences: batch.sequences, parameters: handles[1..<9], on: tape)
        let pooled = tape.pool(states, sequences: batch.sequences, by: .max)
        return head.forward(pooled, parameters: handles[9..<11], on: tape)
    }
}
