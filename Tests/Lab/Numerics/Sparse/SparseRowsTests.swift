import LabNumerics
import Testing

@Suite struct SparseRowsTests {
    let sparse = SparseRows(columns: 4, rows: [[(0, 2), (3, -1)], [], [(1, 0.5), (1, 1)], [(2, 3), (0, 1)]])
    let dense = Matrix([[2, 0, 0, -1], [0, 0, 0, 0], [0, 1.5, 0, 0], [1, 0, 3, 0]])

    @Test func equalsTheDenseProductAndItsGradient() {
        checkGradients([(4, 3)]) {
            $0.matmul(sparse, $1[0])
        } reference: { x in
            OperationCheck.product(Reference(dense), x[0], false, false)
        }
        let weight = Matrix([[1, 2], [3, 4], [5, 6], [7, 8]])
        #expect(sparse.product(weight) == dense * weight)
    }

    @Test func gathersRows() {
        let weight = Matrix([[1], [2], [3], [4]])
        #expect(sparse.gathering(rows: [3, 1, 3]).product(weight).elements == [10, 0, 10])
        #expect(SparseRows(columns: 4).product(weight).count == 0)
    }
}
