/// From each row the element in that row's column.
struct GatherColumns: Operation {
    let input: Variable
    let indices: UnsafeMutablePointer<Int32>
    let width: Int

    func forward(_ output: Output, on tape: Tape) {
        let x = tape.pointer(input)
        for row in 0..<output.rows { output.value[row] = x[row * width + Int(indices[row])] }
    }

    func backward(_ output: Output, on tape: Tape) {
        let target = tape.gradientPointer(input)
        for row in 0..<output.rows { target[row * width + Int(indices[row])] += output.gradient[row] }
    }
}

/// Rows by their numbers.
struct GatherRows: Operation {
    let input: Variable
    let indices: UnsafeMutablePointer<Int32>

    func forward(_ output: Output, on tape: Tape) {
        let (x, columns) = (tape.pointer(input), output.columns)
        for row in 0..<output.rows {
            (output.value + row * columns).update(from: x + Int(indices[row]) * columns, count: columns)
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, columns) = (tape.gradientPointer(input), output.columns)
        for row in 0..<output.rows {
            Kernels.add(output.gradient + row * columns, times: 1, to: target + Int(indices[row]) * columns, columns)
        }
    }
}

extension Tape {
    /// From each row of `input` [rows, columns] the element in that row's column, such as Q(s, a); [rows, 1].
    public func gather(_ input: Variable, columns indices: [Int]) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(indices.count == rows, "one column is gathered from each row")
        let places = integers(indices, below: columns, "a gathered column is out of range")
        return record(
            GatherColumns(input: input, indices: places, width: columns), rows: rows, columns: 1,
            needsGradient: needsGradient(input))
    }

    /// The rows of `input` at `indices`; [indices.count, columns].
    public func gatherRows(_ input: Variable, rows indices: [Int]) -> Variable {
        let (rows, columns) = shape(of: input)
        let places = integers(indices, below: rows, "a gathered row is out of range")
        return record(
            GatherRows(input: input, indices: places), rows: indices.count, columns: columns,
            needsGradient: needsGradient(input))
    }
}
