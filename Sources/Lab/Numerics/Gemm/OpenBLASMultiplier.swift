import COpenBLAS

/// `cblas_sgemm` of the system's OpenBLAS, on as many threads as `BLASThreads` says.
public struct OpenBLASMultiplier: MatrixMultiplier {
    public var name: String { "OpenBLAS" }

    public init() { BLASThreads.applyDefault() }

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
        b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(m >= 0 && n >= 0 && k >= 0, "a matrix has no negative side")
        precondition(a.count >= m * k && b.count >= k * n && c.count >= m * n, "a buffer is smaller than its matrix")
        if m == 0 || n == 0 { return }
        guard k > 0, let left = a.baseAddress, let right = b.baseAddress, let result = c.baseAddress else {
            // Leading dimensions must be at least 1 even where a matrix is empty.
            cblas_sgemm(
                CblasRowMajor, Self.mark(transposeA), Self.mark(transposeB), blasint(m), blasint(n), blasint(k), alpha,
                a.baseAddress, blasint(max(1, transposeA ? m : k)), b.baseAddress, blasint(max(1, transposeB ? k : n)),
                beta, c.baseAddress, blasint(n))
            return
        }
        gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: left,
            strideA: transposeA ? m : k, b: right, strideB: transposeB ? k : n, beta: beta, c: result, strideC: n)
    }

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
        strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        if m == 0 || n == 0 { return }
        let blocks = OpenBLASBlocks(transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k)
        let (height, width, depth) = (blocks?.rows ?? m, blocks?.columns ?? n, blocks?.depth ?? k)
        for column in stride(from: 0, to: n, by: width) {
            for inner in stride(from: 0, to: k, by: max(depth, 1)) {
                let left = a + (transposeA ? inner * strideA : inner)
                let right = b + (transposeB ? column * strideB + inner : inner * strideB + column)
                for row in stride(from: 0, to: m, by: height) {
                    cblas_sgemm(
                        CblasRowMajor, Self.mark(transposeA), Self.mark(transposeB), blasint(min(height, m - row)),
                        blasint(min(width, n - column)), blasint(min(depth, k - inner)), alpha,
                        left + (transposeA ? row : row * strideA), blasint(strideA), right, blasint(strideB),
                        inner == 0 ? beta : 1, c + row * strideC + column, blasint(strideC))
                }
            }
        }
    }

    private static func mark(_ transposed: Bool) -> CBLAS_TRANSPOSE { transposed ? CblasTrans : CblasNoTrans }
}
