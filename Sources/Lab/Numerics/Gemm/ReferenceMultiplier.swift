/// A plain triple loop that sums in Double: slow, and right by inspection; back ends are checked against it.
public struct ReferenceMultiplier: MatrixMultiplier {
    public var name: String { "plain loop" }

    public init() {}

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
        b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>
    ) {
        guard let target = c.baseAddress else { return }
        // Where the inner side is empty, so are both factors, and nothing of them is read.
        gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha,
            a: a.baseAddress ?? UnsafePointer(target), strideA: transposeA ? m : k,
            b: b.baseAddress ?? UnsafePointer(target), strideB: transposeB ? k : n, beta: beta, c: target, strideC: n)
    }

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>,
        strideA: Int, b: UnsafePointer<Float>, strideB: Int, beta: Float, c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for inner in 0..<k {
                    let left = transposeA ? a[inner * strideA + row] : a[row * strideA + inner]
                    let right = transposeB ? b[column * strideB + inner] : b[inner * strideB + column]
                    sum += Double(left) * Double(right)
                }
                let old = beta == 0 ? 0 : Double(beta) * Double(c[row * strideC + column])
                c[row * strideC + column] = Float(Double(alpha) * sum + old)
            }
        }
    }
}
