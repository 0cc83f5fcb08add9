/// How the tokens of a sequence become one row.
public enum Pooling: String, Sendable, Codable, CaseIterable, BitwiseCopyable {
    /// The mean over the tokens.
    case mean
    /// The largest number of each column; of equals the first gets the gradient.
    case max
    /// The first token, such as BERT's [CLS].
    case first
    /// The last token, such as the state of a GRU that has read everything.
    case last

    /// Writes one row for each sequence to `out` [sequences, columns]; of `max` also where each number came from.
    func forward(
        _ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, places: UnsafeMutablePointer<Int32>?,
        starts: UnsafePointer<Int32>, sequences: Int, columns: Int
    ) {
        for sequence in 0..<sequences {
            let (start, end) = (Int(starts[sequence]), Int(starts[sequence + 1]))
            let target = out + sequence * columns
            target.update(from: x + start * columns, count: columns)
            switch self {
            case .first: continue
            case .last: target.update(from: x + (end - 1) * columns, count: columns)
            case .mean:
                for row in start + 1..<Swift.max(start + 1, end) {
                    Elementwise.add(target, x + row * columns, target, columns)
                }
                let share = 1 / Float(end - start)
                Kernels.map(target, target, columns) { $0 * share }
            case .max:
                let origin = places.map { $0 + sequence * columns }
                origin?.update(repeating: Int32(start), count: columns)
                for row in start + 1..<Swift.max(start + 1, end) {
                    let line = x + row * columns
                    for column in 0..<columns where line[column] > target[column] {
                        target[column] = line[column]
                        origin?[column] = Int32(row)
                    }
                }
            }
        }
    }
}

/// One row for each of several packed sequences.
struct SequencePooling: Operation {
    let pooling: Pooling
    let input: Variable
    let starts: UnsafeMutablePointer<Int32>
    /// Of `max` the row that each number came from.
    let places: UnsafeMutablePointer<Int32>?

    func forward(_ output: Output, on tape: Tape) {
        pooling.forward(
            tape.pointer(input), output.value, places: places, starts: starts, sequences: output.rows,
            columns: output.columns)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, columns) = (tape.gradientPointer(input), output.columns)
        for sequence in 0..<output.rows {
            let slope = output.gradient + sequence * columns
            let (start, end) = (Int(starts[sequence]), Int(starts[sequence + 1]))
            switch pooling {
            case .first: Kernels.add(slope, times: 1, to: target + start * columns, columns)
            case .last: Kernels.add(slope, times: 1, to: target + (end - 1) * columns, columns)
            case .mean:
                let share = 1 / Float(end - start)
                for row in start..<end { Kernels.add(slope, times: share, to: target + row * columns, columns) }
            case .max:
                guard let origin = places.map({ $0 + sequence * columns }) else { continue }
                for column in 0..<columns { target[Int(origin[column]) * columns + column] += slope[column] }
            }
        }
    }
}

extension Tape {
    /// One row for each sequence out of the rows of its tokens: [tokens, columns] becomes [sequences, columns].
    public func pool(_ input: Variable, sequences: PackedSequences, by kind: Pooling) -> Variable {
        let (tokens, columns) = shape(of: input)
        precondition(tokens == sequences.tokens, "pooling needs one row for each token")
        let places = kind == .max ? arena.take(sequences.count * columns, of: Int32.self) : nil
        return record(
            SequencePooling(pooling: kind, input: input, starts: copied(sequences.starts), places: places),
            rows: sequences.count, columns: columns, needsGradient: needsGradient(input))
    }
}

extension PackedSequences {
    /// One row for each sequence out of the rows of its tokens, without a tape: [sequences, columns].
    public func pooling(_ tokens: Matrix, by kind: Pooling) -> Matrix {
        precondition(tokens.rows == self.tokens, "pooling needs one row for each token")
        var result = Matrix(rows: count, columns: tokens.columns)
        let columns = tokens.columns
        tokens.elements.withUnsafeBufferPointer { x in
            result.elements.withUnsafeMutableBufferPointer { out in
                starts.withUnsafeBufferPointer { starts in
                    guard let x = x.baseAddress, let out = out.baseAddress, let starts = starts.baseAddress else {
                        return
                    }
                    kind.forward(x, out, places: nil, starts: starts, sequences: count, columns: columns)
                }
            }
        }
        return result
    }
}

extension Pooling {
    /// Writes the row of one sequence [rows, columns] to `out` [columns].
    package func row(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2) { starts in
            (starts[0], starts[1]) = (0, Int32(rows))
            guard let place = starts.baseAddress else { return }
            forward(x, out, places: nil, starts: place, sequences: 1, columns: columns)
        }
    }
}
