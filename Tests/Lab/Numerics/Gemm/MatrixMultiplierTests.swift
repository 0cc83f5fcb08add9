import LabNumerics
import Testing

/// Every library for matrix products that this build holds.
let builtMultipliers: [any MatrixMultiplier] = {
    #if OneDNN
        [OpenBLASMultiplier(), OneDNNMultiplier()]
    #else
        [OpenBLASMultiplier()]
    #endif
}()

@Suite("Libraries for matrix products", .serialized) struct MatrixMultiplierTests {
    static let sides = [
        (1, 1, 1), (5, 3, 7), (64, 64, 64), (33, 130, 17), (256, 12, 128), (1, 128, 64), (32, 1, 200), (3, 2, 0),
        // What OpenBLAS is asked for in blocks.
        (32, 256, 256), (70, 48, 512), (256, 12, 256), (45, 96, 528), (256, 256, 32),
    ]

    struct Problem {
        let (m, n, k): (Int, Int, Int)
        let a, b, c: [Float]

        init(_ sides: (Int, Int, Int)) {
            (m, n, k) = sides
            var stream = RandomStream(seed: 9, name: "gemm")
            func random(_ count: Int) -> [Float] {
                var numbers = [Float](repeating: 0, count: count)
                stream.fillNormal(&numbers)
                return numbers
            }
            (a, b, c) = (random(m * k), random(k * n), random(m * n))
        }

        func solve(
            _ multiplier: any MatrixMultiplier, _ transposes: Int, alpha: Float = 1.5, beta: Float,
            into old: [Float]? = nil
        ) -> [Float] {
            var result = old ?? c
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    result.withUnsafeMutableBufferPointer { c in
                        multiplier.gemm(
                            transposeA: transposes & 1 != 0, transposeB: transposes & 2 != 0, m: m, n: n, k: k,
                            alpha: alpha, a: a, b: b, beta: beta, c: c)
                    }
                }
            }
            return result
        }
    }

    @Test("They agree with the plain loop", arguments: sides, [0, 1, 2, 3])
    func agreement(sides: (Int, Int, Int), transposes: Int) {
        let problem = Problem(sides)
        for multiplier in builtMultipliers {
            for (alpha, beta) in [(1.5, 0), (1.5, 1), (-0.25, -0.5), (0, 2)] as [(Float, Float)] {
                let fast = problem.solve(multiplier, transposes, alpha: alpha, beta: beta)
                let plain = problem.solve(ReferenceMultiplier(), transposes, alpha: alpha, beta: beta)
                // A sum of k products of unit normals has rounding errors of about √k · 2⁻²⁴ · k½.
                let bound = 4e-7 * Float(sides.2) + 1e-6
                #expect(zip(fast, plain).allSatisfy { abs($0 - $1) <= bound }, "\(multiplier.name) \(alpha) \(beta)")
            }
        }
    }

    /// Blocks of larger matrices: what lies between their rows is neither read nor written.
    @Test("Blocks inside larger matrices", arguments: [0, 1, 2, 3])
    func blocks(transposes: Int) {
        let problem = Problem((5, 3, 7))
        let (left, right) = (transposes & 1 != 0, transposes & 2 != 0)
        func spread(_ numbers: [Float], columns: Int) -> [Float] {
            stride(from: 0, to: numbers.count, by: columns).flatMap { numbers[$0..<$0 + columns] + [.nan, .nan] }
        }
        let (columnsA, columnsB) = (left ? 5 : 7, right ? 7 : 3)
        let (a, b) = (spread(problem.a, columns: columnsA), spread(problem.b, columns: columnsB))
        for multiplier in builtMultipliers + [ReferenceMultiplier()] {
            var c = spread(problem.c, columns: 3)
            c.withUnsafeMutableBufferPointer { c in
                a.withUnsafeBufferPointer { a in
                    b.withUnsafeBufferPointer { b in
                        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                        multiplier.gemm(
                            transposeA: left, transposeB: right, m: 5, n: 3, k: 7, alpha: 1.5, a: a,
                            strideA: columnsA + 2, b: b, strideB: columnsB + 2, beta: 0.5, c: c, strideC: 5)
                    }
                }
            }
            let wanted = spread(problem.solve(ReferenceMultiplier(), transposes, beta: 0.5), columns: 3)
            for (found, wanted) in zip(c, wanted) {
                #expect(
                    found.isNaN == wanted.isNaN && (found.isNaN || abs(found - wanted) < 1e-5), "\(multiplier.name)")
            }
        }
    }

    @Test("With beta 0 the old content is not read")
    func overwrites() {
        let problem = Problem((33, 17, 9))
        for multiplier in builtMultipliers {
            let filled = [Float](repeating: .nan, count: problem.c.count)
            let result = problem.solve(multiplier, 2, beta: 0, into: filled)
            #expect(result == problem.solve(multiplier, 2, beta: 0), "\(multiplier.name)")
        }
    }

    @Test("Products of empty matrices are empty or zero")
    func empty() {
        for multiplier in builtMultipliers {
            #expect(multiplier.product(Matrix(rows: 0, columns: 3), Matrix(rows: 3, columns: 2)).count == 0)
            let sum = multiplier.product(Matrix(rows: 2, columns: 0), Matrix(rows: 0, columns: 2))
            #expect(sum == Matrix(rows: 2, columns: 2))
        }
    }

    @Test("The same product gives the same bits again, on another thread too", arguments: [0, 3])
    func bits(transposes: Int) async {
        let problem = Problem((129, 65, 257))
        for multiplier in builtMultipliers {
            let first = problem.solve(multiplier, transposes, beta: 0.5)
            let again = await Task.detached { Problem((129, 65, 257)).solve(multiplier, transposes, beta: 0.5) }.value
            #expect(first.map(\.bitPattern) == again.map(\.bitPattern), "\(multiplier.name)")
        }
    }

    @Test("Packed weights give the product for every number of rows", arguments: [false, true])
    func packed(transposed: Bool) {
        for multiplier in builtMultipliers {
            for (inner, columns) in [(1, 1), (7, 5), (64, 96), (33, 130), (0, 3)] {
                let stored = transposed ? (columns, inner) : (inner, columns)
                let weights = Self.normal(rows: stored.0, columns: stored.1, name: "weights")
                let packed = multiplier.packed(weights, transposed: transposed)
                #expect(packed.inner == inner && packed.columns == columns)
                // More numbers of rows than are kept at once, and one of them again.
                for rows in Array(0...17) + [32, 3] {
                    let input = Self.normal(rows: rows, columns: inner, name: "input \(rows)")
                    let found = packed.product(input)
                    let plain = ReferenceMultiplier().product(input, weights, transposeRight: transposed)
                    let agrees = zip(found.elements, plain.elements).allSatisfy { abs($0 - $1) <= 3e-5 }
                    #expect(found.rows == rows && found.columns == columns && agrees, "\(multiplier.name) \(rows)")
                    #expect(found == packed.product(input))
                }
            }
        }
    }

    @Test("One thread by default")
    func threads() {
        #expect(BLASThreads.count == 1)
    }

    private static func normal(rows: Int, columns: Int, name: String) -> Matrix {
        var stream = RandomStream(seed: 3, name: name)
        var matrix = Matrix(rows: rows, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }
}
