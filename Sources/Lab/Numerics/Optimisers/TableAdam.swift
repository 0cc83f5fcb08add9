/// AdamW for a large table of which a step uses few rows, such as a vocabulary's vectors: exactly what AdamW does to the
/// whole table, in the time of the rows that are used.
///
/// A row without a gradient still moves by its momentum and by weight decay. Those steps are made up for, one after another
/// and bit for bit, when the row is used again: `bringUpToDate` comes before every read. PyTorch updates the whole table in
/// each step; its `SparseAdam` leaves the momentum of unused rows out, which is another algorithm.
public struct TableAdam: Sendable {
    public let beta1: Float
    public let beta2: Float
    public let epsilon: Float
    public let group: GroupedAdam.Group
    public let rows: Int
    public let columns: Int
    /// Steps taken.
    public internal(set) var steps = 0
    var moments: Moments
    /// The step that each row has reached.
    var reached: [Int32]
    /// Whether a row ever had a gradient; before, its moments are 0.
    var isMoving: [Bool]
    /// The arithmetic of the steps that some row has not reached yet, up to the present one.
    private var history: [AdamKernel] = []

    public init(
        rows: Int, columns: Int, group: GroupedAdam.Group, beta1: Float = 0.9, beta2: Float = 0.999,
        epsilon: Float = 1e-8
    ) {
        self.rows = rows
        self.columns = columns
        self.group = group
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        moments = Moments(count: rows * columns, keepsSquares: true)
        reached = [Int32](repeating: 0, count: rows)
        isMoving = [Bool](repeating: false, count: rows)
    }

    /// One step in which only `used` rows have a gradient [used.count, columns], times `factor`.
    ///
    /// - Parameter used: each row at most once; all of them were brought up to date before they were read.
    public mutating func step(
        _ table: inout Parameter, rows used: [Int], gradient: Matrix, learningRate: Float, factor: Float = 1
    ) {
        precondition(
            table.rows == rows && table.columns == columns && gradient.rows == used.count
                && gradient.columns == columns, "a table, its optimiser and its gradient have the same columns")
        let kernel = AdamKernel(
            step: steps + 1, group: group, learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
            factor: factor)
        let (values, columns) = (table.own(), columns)
        for row in used {
            precondition(reached[row] == Int32(steps), "a row is brought up to date before it is read")
            isMoving[row] = true
            reached[row] += 1
        }
        gradient.elements.withUnsafeBufferPointer { gradient in
            guard let gradient = gradient.baseAddress else { return }
            moments.withPointers { first, second in
                for (index, row) in used.enumerated() {
                    let start = row * columns
                    kernel.apply(
                        OptimiserPiece(
                            values: values + start, gradient: gradient + index * columns, first: first + start,
                            second: second + start, count: columns))
                }
            }
        }
        steps += 1
        history.append(kernel)
    }

    /// Makes up for the steps that these rows have missed.
    public mutating func bringUpToDate(_ table: inout Parameter, rows: [Int]) {
        let (last, columns) = (Int32(steps), columns)
        guard rows.contains(where: { reached[$0] < last }) else { return }
        let values = table.own()
        history.withUnsafeBufferPointer { history in
            moments.withPointers { first, second in
                for row in rows where reached[row] < last {
                    let missed = history.suffix(steps - Int(reached[row]))
                    let start = row * columns
                    if isMoving[row] {
                        Self.replay(missed, values + start, first + start, second + start, columns)
                    } else {
                        for kernel in missed where kernel.keep != 1 {
                            Kernels.map(values + start, values + start, columns) { kernel.keep * $0 }
                        }
                    }
                    reached[row] = last
                }
            }
        }
    }

    /// Makes up for all steps that any row has missed: before the table is evaluated, copied or kept.
    public mutating func bringUpToDate(_ table: inout Parameter) {
        bringUpToDate(&table, rows: Array(0..<rows))
        history.removeAll(keepingCapacity: true)
    }

    /// Steps without a gradient, eight numbers at a time through all of them.
    private static func replay(
        _ missed: Slice<UnsafeBufferPointer<AdamKernel>>, _ values: UnsafeMutablePointer<Float>,
        _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, _ columns: Int
    ) {
        let whole = columns & ~7
        for index in stride(from: 0, to: whole, by: 8) {
            var (p, m, v) = (
                Kernels.load(values + index), Kernels.load(first + index), Kernels.load(second + index)
            )
            for kernel in missed { kernel.update(&p, Lanes(), &m, &v) }
            Kernels.store(p, values + index)
            Kernels.store(m, first + index)
            Kernels.store(v, second + index)
        }
        guard whole < columns else { return }
        var (p, m, v) = (Lanes(), Lanes(), Lanes())
        for lane in 0..<columns - whole {
            (p[lane], m[lane], v[lane]) = (values[whole + lane], first[whole + lane], second[whole + lane])
        }
        for kernel in missed { kernel.update(&p, Lanes(), &m, &v) }
        for lane in 0..<columns - whole {
            (values[whole + lane], first[whole + lane], second[whole + lane]) = (p[lane], m[lane], v[lane])
        }
    }
}
