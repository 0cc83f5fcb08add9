public import LabNumerics

/// A BERT-shaped model made ready for inference: what `TransformerModel` computes, over the packed tokens of many texts, without
/// padding, tape or allocation.
///
/// Weights of the blocks are kept transposed, in memory of their own; of the table of words, which is more than half of a
/// small model, a few rows a text are read where they lie. It may be used by several threads at once.
public final class PackedTransformer: Sendable {
    public let shape: TransformerShape
    let words: WordTable
    /// Position and first token type together, [positions, width].
    private let places: AlignedMatrix
    private let firstNorm: PackedNorm
    private let blocks: [PackedBlock]
    private let attention: InferenceAttention
    private let pool = WorkspacePool()

    /// Makes a model ready; later changes of the model do not reach it.
    public convenience init(_ model: TransformerModel) {
        self.init(model, words: .parameter(model.parameters[model.layout.word]))
    }

    init(_ model: TransformerModel, words: WordTable) {
        let layout = model.layout
        shape = model.shape
        self.words = words
        var sum = model.parameters[layout.position].value
        if let type = layout.type {
            model.parameters[type].withValues { types in
                for row in 0..<sum.rows {
                    for column in 0..<sum.columns { sum.elements[row * sum.columns + column] += types[column] }
                }
            }
        }
        places = AlignedMatrix(sum)
        let epsilon = shape.epsilon
        firstNorm = PackedNorm(
            model.parameters[layout.norm], model.parameters[layout.norm + 1], epsilon: epsilon)
        blocks = (0..<shape.depth).map { PackedBlock(model.parameters[layout.block($0)], epsilon: epsilon) }
        attention = InferenceAttention(heads: shape.heads, width: shape.width)
    }

    /// One row a text, pooled from the last layer or from chosen ones.
    ///
    /// - Parameters:
    ///   - ids: of each text at least one, special ones included, as `TransformerModel.check` allows.
    ///   - pooling: how a text's tokens become one row.
    ///   - layers: whose values are pooled, side by side in this order: 0 is what goes into the first block, `shape.depth` what
    ///     comes out of the last; empty is the last alone.
    ///   - budget: about how many tokens are computed together; more fill the cores' registers better, fewer stay in
    ///     their caches.
    ///   - threads: batches are computed by so many threads at once; the result is the same.
    /// - Returns: [texts, width · layers].
    /// - Throws: `LanguageError.badTokeniser` for ids that the model cannot read.
    public func pooled(
        _ ids: [[Int32]], by pooling: Pooling = .mean, layers: [Int] = [], budget: Int = PackedTransformer.tokenBudget,
        threads: Int = 1
    ) throws -> Matrix {
        try shape.check(ids)
        let layers = layers.isEmpty ? [shape.depth] : layers
        precondition(layers.allSatisfy { 0...shape.depth ~= $0 }, "a model has no layer of this number")
        var result = Matrix(rows: ids.count, columns: shape.width * layers.count)
        let batches = TokenBatches(lengths: ids.map(\.count), budget: budget).batches
        let columns = result.columns
        result.elements.withUnsafeMutableBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            // Each batch writes rows of its own.
            nonisolated(unsafe) let target = start
            pool.run(batches.count, threads: threads) { number, workspace in
                let texts = batches[number]
                let batch = Batch(Array(ids[texts]))
                forward(batch, workspace) { layer, tokens in
                    for (place, wanted) in layers.enumerated() where wanted == layer {
                        batch.pool(
                            tokens, by: pooling, width: shape.width,
                            to: target + texts.lowerBound * columns + place * shape.width, stride: columns)
                    }
                }
            }
        }
        return result
    }

    /// The last hidden states of texts' ids, one row a token, [tokens, width].
    public func hidden(_ ids: [[Int32]]) throws -> Matrix {
        try shape.check(ids)
        let batch = Batch(ids)
        var result = Matrix(rows: batch.tokens, columns: shape.width)
        result.elements.withUnsafeMutableBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            nonisolated(unsafe) let target = start
            pool.run(1, threads: 1) { _, workspace in
                forward(batch, workspace) { layer, tokens in
                    if layer == shape.depth { target.update(from: tokens, count: batch.tokens * shape.width) }
                }
            }
        }
        return result
    }

    /// Measured: 128 to 512 tokens differ by less than 3 %.
    public static let tokenBudget = 256

    /// Gives `each` the values [tokens, width] that go into the first block, numbered 0, and those behind each block.
    private func forward(
        _ batch: Batch, _ workspace: Workspace, each: (Int, UnsafePointer<Float>) -> Void
    ) {
        let (tokens, width) = (batch.tokens, shape.width)
        let value = workspace.memory(0, count: tokens * width)
        let joined = workspace.memory(1, count: tokens * 3 * width)
        let gathered = workspace.memory(2, count: tokens * width)
        let middle = workspace.memory(3, count: tokens * width)
        let inner = workspace.memory(4, count: tokens * shape.inner)
        let scratch = workspace.memory(5, count: attention.scratchCount(length: batch.longest))
        embed(batch, value)
        each(0, value)
        for (number, block) in blocks.enumerated() {
            block.joined.forward(value, joined, rows: tokens, .identity)
            for rows in batch.rows {
                attention.forward(
                    joined + rows.lowerBound * 3 * width, gathered + rows.lowerBound * width, length: rows.count,
                    scratch: scratch)
            }
            block.mixed.weights.multiply(count: tokens, input: gathered, output: middle)
            block.middleNorm.forward(middle, bias: block.mixed.bias.elements, residual: value, rows: tokens)
            block.inner.forward(middle, inner, rows: tokens, shape.activation)
            block.outer.weights.multiply(count: tokens, input: inner, output: value)
            block.lastNorm.forward(value, bias: block.outer.bias.elements, residual: middle, rows: tokens)
            each(number + 1, value)
        }
    }

    /// The normalised sum of the tables' rows, [tokens, width].
    private func embed(_ batch: Batch, _ out: UnsafeMutablePointer<Float>) {
        let width = shape.width
        words.withRows { words in
            var target = out
            for text in batch.ids {
                for (id, position) in zip(text, shape.positions(of: text)) {
                    target.update(from: words + Int(id) * width, count: width)
                    firstNorm.forward(target, residual: places.elements + position * width, rows: 1)
                    target += width
                }
            }
        }
    }
}

/// Where the rows of words lie.
enum WordTable: Sendable {
    case parameter(Parameter)
    case mapped(MappedTensor)

    func withRows(_ body: (UnsafePointer<Float>) -> Void) {
        func run(_ elements: UnsafeBufferPointer<Float>) {
            if let start = elements.baseAddress { body(start) }
        }
        switch self {
        case .parameter(let parameter): parameter.withValues(run)
        case .mapped(let tensor): tensor.withElements(run)
        }
    }
}
