/// A matrix in memory that begins at a cache line and never changes: weights that several threads read at once.
package final class AlignedMatrix: @unchecked Sendable {
    // Unchecked: the memory is written in `init` only.
    package let rows: Int
    package let columns: Int
    private let memory: UnsafeMutablePointer<Float>

    package init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        memory = Self.allocate(matrix.count)
        matrix.elements.withUnsafeBufferPointer { elements in
            if let start = elements.baseAddress { memory.update(from: start, count: elements.count) }
        }
    }

    deinit { UnsafeMutableRawPointer(memory).deallocate() }

    /// Row-major [rows, columns], as long as this lives.
    package var elements: UnsafePointer<Float> { UnsafePointer(memory) }

    /// output ← input · self, or output += input · self.
    ///
    /// - Parameters:
    ///   - input: [count, rows], row-major.
    ///   - output: [count, columns], row-major.
    ///   - adding: whether the product is added to what `output` holds, which is not read otherwise.
    package func multiply(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        GEMM.current.gemm(
            transposeA: false, transposeB: false, m: count, n: columns, k: rows, alpha: 1, a: input, strideA: rows,
            b: elements, strideB: columns, beta: adding ? 1 : 0, c: output, strideC: columns)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer.allocate(byteCount: max(64, count * MemoryLayout<Float>.stride), alignment: 64)
            .bindMemory(to: Float.self, capacity: max(1, count))
    }
}
