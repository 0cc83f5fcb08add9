import LabNumerics

/// Where the parameters of a `TransformerModel` lie in their array, and what they are called.
struct TransformerLayout: Sendable {
    let shape: TransformerShape
    let hasPooler: Bool

    static let blockNames =
        ["self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias"]
        + ["linear1", "linear2", "norm1", "norm2"].flatMap { [$0 + ".weight", $0 + ".bias"] }

    let word = 0
    let position = 1
    /// The table of token types; `nil` without one.
    var type: Int? { shape.types > 0 ? 2 : nil }
    /// Gain, and behind it bias, of the embeddings' normalisation.
    var norm: Int { shape.types > 0 ? 3 : 2 }
    var firstBlock: Int { norm + 2 }
    /// Weight, and behind it bias.
    var pooler: Int? { hasPooler ? blocks.upperBound : nil }
    var count: Int { blocks.upperBound + (hasPooler ? 2 : 0) }

    /// The parameters of all blocks, as a `TransformerEncoder` has them.
    var blocks: Range<Int> { firstBlock..<firstBlock + shape.depth * Self.blockNames.count }

    /// Those of one block.
    func block(_ block: Int) -> Range<Int> {
        let first = firstBlock + block * Self.blockNames.count
        return first..<first + Self.blockNames.count
    }

    var names: [String] {
        ["embeddings.word.weight", "embeddings.position.weight"]
            + (shape.types > 0 ? ["embeddings.type.weight"] : []) + ["embeddings.norm.weight", "embeddings.norm.bias"]
            + (0..<shape.depth).flatMap { block in Self.blockNames.map { "layers.\(block).\($0)" } }
            + (hasPooler ? ["pooler.weight", "pooler.bias"] : [])
    }

    /// Rows and columns of each parameter.
    var sides: [(rows: Int, columns: Int)] {
        let (width, inner) = (shape.width, shape.inner)
        let block = [
            (3 * width, width), (1, 3 * width), (width, width), (1, width), (inner, width), (1, inner),
            (width, inner), (1, width), (1, width), (1, width), (1, width), (1, width),
        ]
        return [(shape.vocabulary, width), (shape.positions, width)]
            + (shape.types > 0 ? [(shape.types, width)] : []) + [(1, width), (1, width)]
            + (0..<shape.depth).flatMap { _ in block } + (hasPooler ? [(width, width), (1, width)] : [])
    }
}
