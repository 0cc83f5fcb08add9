/// A plain triple loop that sums in Double: slow, and right by inspection; back ends are checked against it.
public struct ReferenceMultiplier: MatrixMultiplier {
    public var name: String { "plain loop" }

    public init() {}

    public func gemm(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafeBufferPointer<Float>,
        b: UnsafeBufferPointer<Float>, beta: Float, c: UnsafeMutableBufferPointer<Float>
    ) {
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for inner in 0..<k {
                    let left = transposeA ? a[inner * m + row] : a[row * k + inner]
                    let right = transposeB ? b[column * k + inner] : b[inner * n + column]
                    sum += Double(left) * Double(right)
                }
                let old = beta == 0 ? 0 : Double(beta) * Double(c[row * n + column])
                c[row * n + column] = Float(Double(alpha) * sum + old)
            }
        }
    }
}
