/// Several values one below the other or side by side.
struct Join: Operation {
    enum Kind: CaseIterable { case rows, columns }

    let kind: Kind
    let parts: UnsafeMutablePointer<Variable>
    let partCount: Int

    func forward(_ output: Output, on tape: Tape) {
        var start = 0
        for part in 0..<partCount {
            let source = tape.pointer(parts[part])
            let (rows, columns) = tape.shape(of: parts[part])
            switch kind {
            case .rows:
                (output.value + start).update(from: source, count: rows * columns)
                start += rows * columns
            case .columns:
                let target = output.value + start
                for row in 0..<rows {
                    (target + row * output.columns).update(from: source + row * columns, count: columns)
                }
                start += columns
            }
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        var start = 0
        for part in 0..<partCount {
            let (rows, columns) = tape.shape(of: parts[part])
            let isNeeded = tape.needsGradient(parts[part])
            switch kind {
            case .rows:
                if isNeeded { tape.passOn(output.gradient + start, to: parts[part]) }
                start += rows * columns
            case .columns:
                if isNeeded {
                    let (source, target) = (output.gradient + start, tape.gradientPointer(parts[part]))
                    for row in 0..<rows {
                        Kernels.add(source + row * output.columns, times: 1, to: target + row * columns, columns)
                    }
                }
                start += columns
            }
        }
    }
}

extension Tape {
    /// Values with equally many columns, one below the other.
    public func joinRows(_ parts: [Variable]) -> Variable { join(.rows, copied(parts), parts.count) }

    /// Two values with equally many columns, one below the other.
    public func joinRows(_ upper: Variable, _ lower: Variable) -> Variable { join(.rows, pair(upper, lower), 2) }

    /// Values with equally many rows, side by side.
    public func joinColumns(_ parts: [Variable]) -> Variable { join(.columns, copied(parts), parts.count) }

    /// Two values with equally many rows, side by side.
    public func joinColumns(_ left: Variable, _ right: Variable) -> Variable { join(.columns, pair(left, right), 2) }

    /// An array of two would be on the heap.
    private func pair(_ first: Variable, _ second: Variable) -> UnsafeMutablePointer<Variable> {
        let pair = arena.take(2, of: Variable.self)
        pair[0] = first
        pair[1] = second
        return pair
    }

    private func join(_ kind: Join.Kind, _ parts: UnsafeMutablePointer<Variable>, _ count: Int) -> Variable {
        var (rows, columns) = count == 0 ? (0, 0) : shape(of: parts[0])
        var needs = count > 0 && needsGradient(parts[0])
        for index in 1..<max(count, 1) {
            let part = shape(of: parts[index])
            switch kind {
            case .rows:
                precondition(part.columns == columns, "values one below the other have equally many columns")
                rows += part.rows
            case .columns:
                precondition(part.rows == rows, "values side by side have equally many rows")
                columns += part.columns
            }
            needs = needs || needsGradient(parts[index])
        }
        return record(
            Join(kind: kind, parts: parts, partCount: count), rows: rows, columns: columns, needsGradient: needs)
    }
}
