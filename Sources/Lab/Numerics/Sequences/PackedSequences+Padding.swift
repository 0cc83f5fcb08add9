// The way from and to batches whose shorter sequences are filled up with padding.
extension PackedSequences {
    /// The sequences of a padded batch whose tokens come first in every row: `mask[sequence][position]` is false for
    /// padding.
    ///
    /// - Throws: `NumericsError.invalidSetting` where a row has no token or one behind padding.
    public init(mask: [[Bool]]) throws {
        let lengths = try mask.enumerated().map { sequence, row in
            let length = row.prefix { $0 }.count
            guard length > 0, !row.dropFirst(length).contains(true) else {
                throw NumericsError.invalidSetting(
                    name: "the mask of sequence \(sequence)", value: "\(row.map { $0 ? 1 : 0 })",
                    allowed: "ones, at least one, followed by zeros")
            }
            return length
        }
        self.init(lengths: lengths)
    }

    /// The rows of `padded` [sequences · positions, columns] that are tokens: [tokens, columns].
    public func packing(_ padded: Matrix, positions: Int) -> Matrix {
        precondition(padded.rows == count * positions && longest <= positions, "the padded batch has another shape")
        return padded.gathering(
            rows: lengths.indices.flatMap { sequence in
                (0..<lengths[sequence]).map { sequence * positions + $0 }
            })
    }

    /// `packed` [tokens, columns] as [sequences · positions, columns] with `filler` in place of padding.
    public func padding(_ packed: Matrix, positions: Int, filler: Float = 0) -> Matrix {
        precondition(packed.rows == tokens && longest <= positions, "the packed batch has another shape")
        var padded = Matrix(rows: count * positions, columns: packed.columns, repeating: filler)
        let columns = packed.columns
        for sequence in lengths.indices {
            let source = packed.elements[offsets[sequence] * columns..<offsets[sequence + 1] * columns]
            let start = sequence * positions * columns
            padded.elements.replaceSubrange(start..<start + source.count, with: source)
        }
        return padded
    }
}
