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
    public func joinRows(_ parts: [Variable]) -> Variable {
        let columns = parts.first.map { shape(of: $0).columns } ?? 0
        var rows = 0
        for part in parts {
            precondition(shape(of: part).columns == columns, "values one below the other have equally many columns")
            rows += shape(of: part).rows
        }
        return join(.rows, parts, rows, columns)
    }

    /// Values with equally many rows, side by side.
    public func joinColumns(_ parts: [Variable]) -> Variable {
        let rows = parts.first.map { shape(of: $0).rows } ?? 0
        var columns = 0
        for part in parts {
            precondition(shape(of: part).rows == rows, "values side by side have equally many rows")
            columns += shape(of: part).columns
        }
        return join(.columns, parts, rows, columns)
    }

    private func join(_ kind: Join.Kind, _ parts: [Variable], _ rows: Int, _ columns: Int) -> Variable {
        var needs = false
        for part in parts where needsGradient(part) { needs = true }
        return record(
            Join(kind: kind, parts: copied(parts), partCount: parts.count), rows: rows, columns: columns,
            needsGradient: needs)
    }
}
