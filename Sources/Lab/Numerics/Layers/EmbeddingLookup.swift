/// Rows of a table by their numbers, times a factor.
struct EmbeddingLookup: Operation {
    let table: Variable
    let indices: UnsafeMutablePointer<Int32>
    let scale: Float
    /// The row that is never trained; −1 for none.
    let padding: Int32

    func forward(_ output: Output, on tape: Tape) {
        let (rows, columns) = (tape.pointer(table), output.columns)
        for row in 0..<output.rows {
            let (source, target) = (rows + Int(indices[row]) * columns, output.value + row * columns)
            if scale == 1 {
                target.update(from: source, count: columns)
            } else {
                Kernels.map(source, target, columns) { $0 * scale }
            }
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, columns) = (tape.gradientPointer(table), output.columns)
        for row in 0..<output.rows where indices[row] != padding {
            Kernels.add(
                output.gradient + row * columns, times: scale, to: target + Int(indices[row]) * columns, columns)
        }
    }
}

extension Tape {
    /// scale · the rows of `table` [entries, width] at `indices`; [indices.count, width].
    ///
    /// Only rows that occur are touched on the way back, each as often as it occurs.
    ///
    /// - Parameter padding: an entry that gets no gradient.
    public func embedding(
        _ table: Variable, indices: [Int], scale: Float = 1, padding: Int? = nil
    ) -> Variable {
        let (entries, width) = shape(of: table)
        let places = integers(indices, below: entries, "an embedded index is out of range")
        return record(
            EmbeddingLookup(table: table, indices: places, scale: scale, padding: Int32(padding ?? -1)),
            rows: indices.count, columns: width, needsGradient: needsGradient(table))
    }
}
