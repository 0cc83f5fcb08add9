/// sparse · weight, with the sparse rows in the tape's memory.
struct SparseProduct: Operation {
    let weight: Variable
    let starts: UnsafeMutablePointer<Int>
    let indices: UnsafeMutablePointer<Int32>
    let values: UnsafeMutablePointer<Float>

    func forward(_ output: Output, on tape: Tape) {
        let (source, width) = (tape.pointer(weight), output.columns)
        output.value.update(repeating: 0, count: output.count)
        for row in 0..<output.rows {
            for element in starts[row]..<starts[row + 1] {
                let line = source + Int(indices[element]) * width
                Kernels.add(line, times: values[element], to: output.value + row * width, width)
            }
        }
    }

    func backward(_ output: Output, on tape: Tape) {
        let (target, width) = (tape.gradientPointer(weight), output.columns)
        for row in 0..<output.rows {
            for element in starts[row]..<starts[row + 1] {
                let line = target + Int(indices[element]) * width
                Kernels.add(output.gradient + row * width, times: values[element], to: line, width)
            }
        }
    }
}

extension Tape {
    /// sparse · weight, where `weight` is [columns, n]; the result is [rows, n].
    public func matmul(_ sparse: SparseRows, _ weight: Variable) -> Variable {
        let (inner, width) = shape(of: weight)
        precondition(inner == sparse.columns, "inner sides of a product differ")
        return record(
            SparseProduct(
                weight: weight, starts: copied(sparse.starts), indices: copied(sparse.indices),
                values: copied(sparse.values)),
            rows: sparse.rows, columns: width, needsGradient: needsGradient(weight))
    }
}
