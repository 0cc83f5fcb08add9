/// A matrix in memory that begins at a cache line and never changes: what several threads read at once.
package final class AlignedMatrix: @unchecked Sendable {
    // Unchecked: the memory is written in `init` only.
    package let rows: Int
    package let columns: Int
    private let memory: UnsafeMutablePointer<Float>

    package init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(64, matrix.count * MemoryLayout<Float>.stride), alignment: 64
        ).bindMemory(to: Float.self, capacity: max(1, matrix.count))
        matrix.elements.withUnsafeBufferPointer { elements in
            if let start = elements.baseAddress { memory.update(from: start, count: elements.count) }
        }
    }

    deinit { UnsafeMutableRawPointer(memory).deallocate() }

    /// Row-major [rows, columns], as long as this lives.
    package var elements: UnsafePointer<Float> { UnsafePointer(memory) }
}
