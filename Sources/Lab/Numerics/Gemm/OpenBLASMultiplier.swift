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
        // Leading dimensions must be at least 1 even where a matrix is empty.
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), alpha, a.baseAddress, blasint(max(1, transposeA ? m : k)),
            b.baseAddress, blasint(max(1, transposeB ? k : n)), beta, c.baseAddress, blasint(n))
    }

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
        strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        if m == 0 || n == 0 { return }
        cblas_sgemm(
            CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), alpha, a, blasint(strideA), b, blasint(strideB), beta, c,
            blasint(strideC))
    }
}
