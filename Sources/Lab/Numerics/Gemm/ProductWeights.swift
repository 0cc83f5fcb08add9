import COpenBLAS

/// Weights in the form in which the library in use multiplies them fastest when they come from main memory: those of a model do not
/// fit the caches, so each batch reads them anew. Several threads may read them at once.
///
/// Where OpenBLAS has kernels that read small matrices in place, 64 columns lie together, one such panel behind the other: a
/// block is then contiguous, where its rows would lie kilobytes apart. Measured as in `OpenBLASBlocks`, the layers of MiniLM-L6
/// ran at 100 GFLOP/s as they are and at 110 in panels, at 256 rows. oneDNN reads them as they are at 112, its own packed form
/// at 110.
package final class ProductWeights: Sendable {
    /// The width of an input row.
    package let rows: Int
    /// The width of an output row.
    package let columns: Int
    private let memory: AlignedMatrix
    private let isInPanels: Bool

    /// Takes [inputs, outputs], or [outputs, inputs] where `transposed` is true, as layers keep their weights.
    package init(_ weights: Matrix, transposed: Bool = false) {
        let plain = transposed ? weights.transposed : weights
        (rows, columns) = (plain.rows, plain.columns)
        isInPanels = GEMM.kind == .openBLAS && OpenBLASBlocks.coreReadsInPlace && plain.columns % Self.panel == 0
        memory = AlignedMatrix(isInPanels ? Self.panels(plain) : plain)
    }

    /// output ← input · weights, or output += input · weights.
    ///
    /// - Parameters:
    ///   - input: [count, rows], row-major.
    ///   - output: [count, columns], row-major.
    ///   - adding: whether the product is added to what `output` holds, which is not read otherwise.
    package func multiply(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        guard isInPanels else {
            return GEMM.current.gemm(
                transposeA: false, transposeB: false, m: count, n: columns, k: rows, alpha: 1, a: input, strideA: rows,
                b: memory.elements, strideB: columns, beta: adding ? 1 : 0, c: output, strideC: columns)
        }
        BLASThreads.applyDefault()
        let depth = OpenBLASBlocks.depth(rows)
        for column in stride(from: 0, to: columns, by: Self.panel) {
            for inner in stride(from: 0, to: rows, by: max(depth, 1)) {
                let block = memory.elements + column * rows + inner * Self.panel
                for row in stride(from: 0, to: count, by: Self.height) {
                    cblas_sgemm(
                        CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(min(Self.height, count - row)),
                        blasint(Self.panel), blasint(min(depth, rows - inner)), 1, input + row * rows + inner,
                        blasint(rows), block, blasint(Self.panel), inner > 0 || adding ? 1 : 0,
                        output + row * columns + column, blasint(columns))
                }
            }
        }
    }

    private static let panel = 64
    private static let height = 32

    private static func panels(_ plain: Matrix) -> Matrix {
        var result = plain
        var place = 0
        for column in stride(from: 0, to: plain.columns, by: panel) {
            for row in 0..<plain.rows {
                let start = row * plain.columns + column
                for element in start..<start + panel {
                    result.elements[place] = plain.elements[element]
                    place += 1
                }
            }
        }
        return result
    }
}
