import LabNumerics

extension NumericsSuite {
    /// Products of matrices: the library in use beside NumPy's, and each library that this build holds beside OpenBLAS.
    static var products: [Contest] {
        var result = [
            Contest(
                name: "gemm", measure: .rate("GFLOP/s", work: 2e-9 * 512 * 512 * 512 * 4), bar: .ratio(0.8),
                rival: .python(script: peerScript, arguments: ["gemm"])
            ) {
                let matrix = Matrix(rows: 512, columns: 512, repeating: 0.5)
                return { for _ in 0..<4 { _ = matrix * matrix } }
            }
        ]
        #if OneDNN
            for (m, n, k) in [(512, 512, 512), (32, 256, 256), (32, 256, 1024)] {
                let multiply = { (multiplier: any MatrixMultiplier) in { products(on: multiplier, m, n, k) } }
                result.append(
                    Contest(
                        name: "gemm \(m)×\(n)×\(k) oneDNN", measure: rate(m, n, k), bar: .ratio(1),
                        rival: .ours(name: "OpenBLAS", multiply(OpenBLASMultiplier())),
                        prepare: multiply(OneDNNMultiplier())))
                result.append(
                    Contest(
                        name: "gemm \(m)×\(n)×\(k) oneDNN, packed", measure: rate(m, n, k), bar: .ratio(1),
                        rival: .ours(name: "OpenBLAS", multiply(OpenBLASMultiplier()))
                    ) { packedProducts(on: OneDNNMultiplier(), m, n, k) })
            }
        #endif
        return result
    }

    #if OneDNN
        private static let flops = 4e8

        private static func count(_ m: Int, _ n: Int, _ k: Int) -> Int { Int(flops / Double(2 * m * n * k)) + 1 }

        private static func rate(_ m: Int, _ n: Int, _ k: Int) -> Contest.Measure {
            .rate("GFLOP/s", work: 2e-9 * Double(m * n * k * count(m, n, k)))
        }

        /// A layer's product: input [m, k] by the transpose of its weight [n, k].
        private static func products(
            on multiplier: any MatrixMultiplier, _ m: Int, _ n: Int, _ k: Int
        ) -> () -> Void {
            let (input, weight, output) = (Field(m * k), Field(n * k), Field(m * n))
            return {
                for _ in 0..<count(m, n, k) {
                    multiplier.gemm(
                        transposeA: false, transposeB: true, m: m, n: n, k: k, alpha: 1,
                        a: UnsafeBufferPointer(start: input.start, count: m * k),
                        b: UnsafeBufferPointer(start: weight.start, count: n * k), beta: 0,
                        c: UnsafeMutableBufferPointer(start: output.start, count: m * n))
                }
            }
        }

        private static func packedProducts(
            on multiplier: any MatrixMultiplier, _ m: Int, _ n: Int, _ k: Int
        ) -> () -> Void {
            let (input, output) = (Field(m * k), Field(m * n))
            let weight = multiplier.packed(normalMatrix(rows: n, columns: k), transposed: true)
            return {
                for _ in 0..<count(m, n, k) {
                    weight.multiply(
                        rows: m, input: UnsafeBufferPointer(start: input.start, count: m * k),
                        output: UnsafeMutableBufferPointer(start: output.start, count: m * n))
                }
            }
        }
    #endif
}
