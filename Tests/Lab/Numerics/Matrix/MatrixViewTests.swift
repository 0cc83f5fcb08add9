import LabNumerics
import Testing

@Suite struct MatrixViewTests {
    static func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { Float($0) - 7 })
    }

    @Test func partsAreTheElementsTheyName() {
        let matrix = Self.matrix(5, 6)
        let part = matrix.view[rows: 1..<4][columns: 2..<5]
        #expect(Matrix(part) == Matrix((1..<4).map { row in (2..<5).map { matrix[row, $0] } }))
        #expect(Matrix(part.transposed) == Matrix(part).transposed)
        #expect(Matrix(part.transposed[rows: 1..<2]) == Matrix([[matrix[1, 3], matrix[2, 3], matrix[3, 3]]]))
        #expect(
            Matrix(matrix.view[rows: 1..<3].reshaped(rows: 4, columns: 3)).elements
                == Array(5..<17).map { Float($0) - 6 })
        #expect(Array(part.row(2)) == [matrix[3, 2], matrix[3, 3], matrix[3, 4]])
        #expect(Array(part.column(1)) == [matrix[1, 3], matrix[2, 3], matrix[3, 3]])
        #expect(matrix.view.isContiguous && !part.isContiguous && part[rows: 0..<1].isContiguous)
        #expect(!matrix.view.transposed.isContiguous)
    }

    @Test func aViewKeepsWhatItSaw() {
        var matrix = Self.matrix(2, 2)
        let view = matrix.view[rows: 1..<2]
        matrix[1, 0] = 100
        #expect(view[0, 0] == -5 && matrix[1, 0] == 100)
    }

    @Test(arguments: 0..<4) func productsOfViewsAreProductsOfCopies(transposes: Int) {
        let (left, right) = (Self.matrix(9, 8).view, Self.matrix(7, 9).view)
        // [4, 3] and [3, 5], each as it is or as the transpose of a stored part.
        let a = transposes & 1 == 0 ? left[rows: 2..<6][columns: 5..<8] : left[rows: 3..<6][columns: 1..<5].transposed
        let b = transposes & 2 == 0 ? right[rows: 4..<7][columns: 2..<7] : right[rows: 1..<6][columns: 6..<9].transposed
        for multiplier in builtMultipliers + [ReferenceMultiplier()] {
            #expect(multiplier.product(a, b) == multiplier.product(Matrix(a), Matrix(b)))
            var result = Matrix(rows: 4, columns: 5, repeating: 10)
            multiplier.product(a, b, alpha: 2, beta: 0.5, into: &result)
            let expected = ReferenceMultiplier().product(Matrix(a), Matrix(b)).elements.map { 2 * $0 + 5 }
            #expect(result.elements == expected)
        }
    }

    @Test func networksAndTapesReadViews() {
        let input = Self.matrix(6, 4)
        var network = MLP(sizes: [3, 5, 2], stream: RandomStream(seed: 1, name: "views"))
        let part = input.view[rows: 2..<5][columns: 1..<4]
        #expect(network(part) == network(Matrix(part)))
        let tape = Tape()
        let handles = network.recorded(on: tape)
        let output = network.forward(tape.constant(part), parameters: handles, on: tape)
        #expect(tape.value(of: output) == network(part))
    }

    @Test func workOnViewsAllocatesNothing() {
        let (left, right) = (Self.matrix(9, 8), Self.matrix(7, 9))
        var result = Matrix(rows: 4, columns: 5)
        let tape = Tape()
        expectNoAllocations {
            tape.reset()
            let a = left.view[rows: 2..<6][columns: 5..<8]
            let b = right.view[rows: 1..<6][columns: 6..<9].transposed
            GEMM.current.product(a, b, into: &result)
            _ = tape.constant(a)
        }
    }

    @Test func emptyViewsHaveEmptyProducts() {
        let matrix = Self.matrix(3, 3)
        let none = matrix.view[rows: 1..<1]
        #expect(GEMM.current.product(none, matrix.view) == Matrix(rows: 0, columns: 3))
        #expect(GEMM.current.product(none.transposed, none).elements == [Float](repeating: 0, count: 9))
    }
}
