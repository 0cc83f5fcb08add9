extension Tape {
    /// The sum of all elements, 1 × 1.
    public func sum(_ input: Variable) -> Variable {
        let size = count(input)
        return record(rows: 1, columns: 1, inputs: input) { out in
            out[0] = Kernels.sum(pointer(input), size)
        } pullback: { tape, gradient in
            let target = tape.gradientPointer(input)
            let slope = gradient[0]
            for index in 0..<size { target[index] += slope }
        }
    }

    /// The mean of all elements, 1 × 1.
    public func mean(_ input: Variable) -> Variable {
        scale(sum(input), by: 1 / Float(max(count(input), 1)))
    }

    /// From each row of `input` [rows, columns] the element in that row's column, such as Q(s, a); [rows, 1].
    public func gather(_ input: Variable, columns indices: [Int]) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(indices.count == rows, "one column is gathered from each row")
        precondition(indices.allSatisfy { 0 <= $0 && $0 < columns }, "a gathered column is out of range")
        return record(rows: rows, columns: 1, inputs: input) { out in
            let x = pointer(input)
            for row in 0..<rows { out[row] = x[row * columns + indices[row]] }
        } pullback: { tape, gradient in
            let target = tape.gradientPointer(input)
            for row in 0..<rows { target[row * columns + indices[row]] += gradient[row] }
        }
    }

    /// The rows of `input` at `indices`, such as embeddings; [indices.count, columns].
    public func gatherRows(_ input: Variable, rows indices: [Int]) -> Variable {
        let (rows, columns) = shape(of: input)
        precondition(indices.allSatisfy { 0 <= $0 && $0 < rows }, "a gathered row is out of range")
        return record(rows: indices.count, columns: columns, inputs: input) { out in
            let x = pointer(input)
            for (position, index) in indices.enumerated() {
                (out + position * columns).update(from: x + index * columns, count: columns)
            }
        } pullback: { tape, gradient in
            let target = tape.gradientPointer(input)
            for (position, index) in indices.enumerated() {
                Kernels.add(gradient + position * columns, times: 1, to: target + index * columns, columns)
            }
        }
    }

    /// Each row as probabilities, eˣ / Σ eˣ.
    public func softmax(_ input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        let output = Variable(index: nodes.count)
        return record(rows: rows, columns: columns, inputs: input) { out in
            let x = pointer(input)
            for row in 0..<rows { Softmax.row(x + row * columns, out + row * columns, columns) }
        } pullback: { tape, gradient in
            let (y, target) = (tape.pointer(output), tape.gradientPointer(input))
            for row in 0..<rows {
                let start = row * columns
                let inner = Kernels.dot(y + start, gradient + start, columns)
                for index in start..<start + columns { target[index] += y[index] * (gradient[index] - inner) }
            }
        }
    }

    /// The logarithm of `softmax`, without loss of precision for improbable elements.
    public func logSoftmax(_ input: Variable) -> Variable {
        let (rows, columns) = shape(of: input)
        let output = Variable(index: nodes.count)
        return record(rows: rows, columns: columns, inputs: input) { out in
            let x = pointer(input)
            for row in 0..<rows { Softmax.logRow(x + row * columns, out + row * columns, columns) }
        } pullback: { tape, gradient in
            let (y, target) = (tape.pointer(output), tape.gradientPointer(input))
            for row in 0..<rows {
                let start = row * columns
                let total = Kernels.sum(gradient + start, columns)
                for index in start..<start + columns {
                    target[index] += gradient[index] - FloatMath.exp(y[index]) * total
                }
            }
        }
    }
}
