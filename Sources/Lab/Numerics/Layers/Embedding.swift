/// A vector for each entry of a vocabulary, as PyTorch's `nn.Embedding`.
public struct Embedding: Parametrised {
    /// The vectors, [entries, width].
    public var parameters: [Parameter]
    /// What vectors are multiplied by, such as √width in Vaswani et al., arXiv 1706.03762, section 3.4.
    public let scale: Float
    /// The entry that stands for nothing: it begins as 0 and is not trained.
    public let padding: Int?

    public var parameterNames: [String] { ["weight"] }
    public var entries: Int { parameters[0].rows }
    public var width: Int { parameters[0].columns }

    /// Standard normal vectors, as PyTorch's begin, or what `initialiser` says.
    public init(
        entries: Int, width: Int, scale: Float = 1, padding: Int? = nil, initialiser: Initialiser = .normal(),
        stream: RandomStream
    ) {
        precondition(padding.map { 0 <= $0 && $0 < entries } ?? true, "the entry for padding is one of the entries")
        var table = initialiser.matrix(rows: entries, columns: width, stream: stream)
        if let padding { for column in 0..<width { table[padding, column] = 0 } }
        parameters = [Parameter(table)]
        self.scale = scale
        self.padding = padding
    }

    /// The vectors of `indices`, [indices.count, width], without a tape.
    public func callAsFunction(_ indices: [Int]) -> Matrix {
        var result = Matrix(rows: indices.count, columns: width)
        let (table, width) = (parameters[0].pointer, width)
        result.elements.withUnsafeMutableBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            for (row, index) in indices.enumerated() {
                precondition(0 <= index && index < entries, "an embedded index is out of range")
                Kernels.map(table + index * width, start + row * width, width) { $0 * scale }
            }
        }
        return result
    }

    /// The same on a tape, with the handles that `recorded(on:)` or `fixed(on:)` gave.
    public func forward(_ indices: [Int], parameters: ParameterHandles, on tape: Tape) -> Variable {
        tape.embedding(parameters[0], indices: indices, scale: scale, padding: padding)
    }
}
