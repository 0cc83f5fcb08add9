import LabNumerics
import Testing

@Suite struct MatrixMultiplierTests {
    @Test(arguments: [(1, 1, 1), (5, 3, 7), (64, 64, 64), (33, 130, 17), (256, 12, 128), (1, 128, 64)], [0, 1, 2, 3])
    func openBLASMatchesThePlainLoop(sides: (Int, Int, Int), transposes: Int) {
        let (m, n, k) = sides
        var stream = RandomStream(seed: 9, name: "gemm")
        func random(_ count: Int) -> [Float] {
            var numbers = [Float](repeating: 0, count: count)
            stream.fillNormal(&numbers)
            return numbers
        }
        let (a, b, c) = (random(m * k), random(k * n), random(m * n))
        func run(_ multiplier: any MatrixMultiplier, beta: Float) -> [Float] {
            var result = c
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    result.withUnsafeMutableBufferPointer { c in
                        multiplier.gemm(
                            transposeA: transposes & 1 != 0, transposeB: transposes & 2 != 0, m: m, n: n, k: k,
                            alpha: 1.5, a: a, b: b, beta: beta, c: c)
                    }
                }
            }
            return result
        }
        for beta: Float in [0, 1, -0.5] {
            let (fast, plain) = (run(OpenBLASMultiplier(), beta: beta), run(ReferenceMultiplier(), beta: beta))
            // A sum of k products of unit normals has rounding errors of about √k · 2⁻²⁴ · k½.
            let bound = 4e-7 * Float(k) + 1e-6
            #expect(zip(fast, plain).allSatisfy { abs($0 - $1) <= bound })
        }
    }

    @Test func productsOfEmptyMatricesAreEmptyOrZero() {
        #expect((Matrix(rows: 0, columns: 3) * Matrix(rows: 3, columns: 2)).count == 0)
        #expect(Matrix(rows: 2, columns: 0) * Matrix(rows: 0, columns: 2) == Matrix(rows: 2, columns: 2))
    }

    @Test func oneThreadByDefault() {
        #expect(BLASThreads.count == 1)
    }
}
