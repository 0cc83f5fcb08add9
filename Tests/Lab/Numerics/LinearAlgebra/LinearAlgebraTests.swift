import LabNumerics
import Testing

@Suite struct LinearAlgebraTests {
    static func random(_ rows: Int, _ columns: Int) -> DoubleMatrix {
        var stream = RandomStream(seed: 4, name: "matrix/\(rows)/\(columns)")
        return DoubleMatrix(
            rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in stream.nextNormal() })
    }

    static func hilbert(_ size: Int) -> DoubleMatrix {
        DoubleMatrix((0..<size).map { row in (0..<size).map { 1 / Double(row + $0 + 1) } })
    }

    /// The largest magnitude; not a number where any element is none, so that no bound holds.
    static func largest(_ matrix: DoubleMatrix) -> Double {
        matrix.elements.contains(where: \.isNaN) ? .nan : matrix.elements.map(abs).max() ?? 0
    }

    /// det H₅ = 1 / 266,716,800,000; H₅⁻¹ has whole elements, the first 25, −300, the last 44,100.
    @Test func hilbertMatrixInClosedForm() throws {
        let matrix = Self.hilbert(5)
        let lu = try LUFactor(matrix)
        let cholesky = try CholeskyFactor(matrix)
        let expected = -26.309453258276445
        #expect(abs(lu.logDeterminant.magnitude - expected) < 1e-10 && lu.logDeterminant.sign == 1)
        #expect(abs(cholesky.logDeterminant - expected) < 1e-10)
        for inverse in [try lu.inverse(), try cholesky.inverse()] {
            #expect(abs(inverse[0, 0] - 25) < 1e-7 && abs(inverse[0, 1] + 300) < 1e-6)
            #expect(abs(inverse[4, 4] - 44_100) < 1e-3)
        }
        // ‖H₅‖₁ ‖H₅⁻¹‖₁ = 137/60 · 413,280.
        #expect(abs(lu.reciprocalCondition * 137 / 60 * 413_280 - 1) < 1e-6)
        // The greatest and the least eigenvalue, with mpmath.
        let values = try SymmetricEigen(matrix).values
        #expect(abs(values[4] - 1.567_050_691_098_230_9) < 1e-14)
        #expect(abs(values[0] / 3.287_928_772_171_862_9e-6 - 1) < 1e-9)
    }

    @Test(arguments: [(1, 1), (3, 3), (7, 4), (4, 9), (40, 25)]) func singularValuesRebuildTheMatrix(
        rows: Int, columns: Int
    ) throws {
        let matrix = Self.random(rows, columns)
        let parts = try SingularValues(matrix)
        var scaled = parts.right
        for row in 0..<scaled.rows {
            for column in 0..<scaled.columns { scaled[row, column] *= parts.values[row] }
        }
        #expect(Self.largest(parts.left * scaled - matrix) < 1e-13)
        let identity = DoubleMatrix.identity(min(rows, columns))
        #expect(Self.largest(parts.left.transposed * parts.left - identity) < 1e-13)
        #expect(Self.largest(parts.right * parts.right.transposed - identity) < 1e-13)
        #expect(zip(parts.values, parts.values.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(parts.rank == min(rows, columns))
    }

    @Test(arguments: [1, 2, 30]) func factorsSolveAndRebuild(size: Int) throws {
        let matrix = Self.random(size, size)
        let sides = Self.random(size, 3)
        let solution = try LUFactor(matrix).solve(sides)
        #expect(Self.largest(matrix * solution - sides) < 1e-11)
        let definite = matrix * matrix.transposed - DoubleMatrix(rows: size, columns: size, repeating: -0.1)
        let cholesky = try CholeskyFactor(definite)
        #expect(Self.largest(cholesky.lower * cholesky.lower.transposed - definite) < 1e-12 * Self.largest(definite))
        #expect(Self.largest(definite * (try cholesky.solve(sides)) - sides) < 1e-8)
        let eigen = try SymmetricEigen(definite)
        var scaled = eigen.vectors
        for row in 0..<size {
            for column in 0..<size { scaled[row, column] *= eigen.values[column] }
        }
        #expect(Self.largest(scaled * eigen.vectors.transposed - definite) < 1e-12 * Self.largest(definite))
        let sign = try LUFactor(matrix).logDeterminant.sign
        var exchanged = matrix
        for column in 0..<size where size > 1 {
            (exchanged[0, column], exchanged[1, column]) = (matrix[1, column], matrix[0, column])
        }
        #expect(try size == 1 || LUFactor(exchanged).logDeterminant.sign == -sign)
    }

    /// A line through (0, 1), (1, 3), (2, 4), (3, 4): slope 1, intercept 3/2; and the shortest solution of x + y = 2.
    @Test func leastSquaresByHand() throws {
        let line = try LeastSquares(
            DoubleMatrix([[1, 0], [1, 1], [1, 2], [1, 3]]), DoubleMatrix(column: [1, 3, 4, 4]))
        #expect(abs(line.solution[0, 0] - 1.5) < 1e-14 && abs(line.solution[1, 0] - 1) < 1e-14 && line.rank == 2)
        let shortest = try LeastSquares(DoubleMatrix([[1, 1], [2, 2], [0, 0]]), DoubleMatrix(column: [2, 4, 7]))
        #expect(abs(shortest.solution[0, 0] - 1) < 1e-14 && abs(shortest.solution[1, 0] - 1) < 1e-14)
        #expect(shortest.rank == 1)
        let wide = try LeastSquares(DoubleMatrix([[1, 1, 1]]), DoubleMatrix(column: [3]))
        #expect(wide.solution.elements.allSatisfy { abs($0 - 1) < 1e-14 })
    }

    @Test func refusals() {
        #expect(throws: NumericsError.singularMatrix(what: "the matrix of the equations")) {
            try LUFactor(DoubleMatrix([[1, 2], [2, 4]]))
        }
        #expect(throws: NumericsError.notPositiveDefinite(minor: 2)) {
            try CholeskyFactor(DoubleMatrix([[1, 2], [2, 1]]))
        }
        #expect(throws: NumericsError.unusableMatrix(reason: "the element at row 1, column 0 is nan")) {
            try SingularValues(DoubleMatrix([[1, 2], [.nan, 1]]))
        }
        #expect(throws: NumericsError.self) { try CholeskyFactor(DoubleMatrix([[1, 2]])) }
        #expect(throws: NumericsError.self) { try SymmetricEigen(DoubleMatrix(rows: 0, columns: 0)) }
        #expect(throws: NumericsError.self) { try LUFactor(.identity(2)).solve(DoubleMatrix(column: [1])) }
    }
}
