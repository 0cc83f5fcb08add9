import Foundation
import LabNumerics
import Testing

@Suite struct OperationTests {
    static let shapes = [(1, 1), (3, 5), (17, 2), (1, 9)]

    static func product(_ a: Reference, _ b: Reference, _ transposeA: Bool, _ transposeB: Bool) -> Reference {
        let inner = transposeA ? a.rows : a.columns
        return Reference(rows: transposeA ? a.columns : a.rows, columns: transposeB ? b.rows : b.columns) {
            row, column in
            (0..<inner).reduce(0.0) {
                $0 + (transposeA ? a[$1, row] : a[row, $1]) * (transposeB ? b[column, $1] : b[$1, column])
            }
        }
    }

    @Test(arguments: [(1, 1, 1), (4, 3, 5), (16, 7, 2)], [0, 1, 2, 3])
    func matmul(sides: (Int, Int, Int), transposes: Int) {
        let (m, n, k) = sides
        let (left, right) = (transposes & 1 != 0, transposes & 2 != 0)
        checkGradients([left ? (k, m) : (m, k), right ? (n, k) : (k, n)]) { tape, x in
            tape.matmul(x[0], x[1], transposeLeft: left, transposeRight: right)
        } reference: {
            Self.product($0[0], $0[1], left, right)
        }
    }

    @Test func linear() {
        checkGradients([(6, 4), (3, 4), (1, 3)]) { tape, x in
            tape.linear(x[0], weight: x[1], bias: x[2])
        } reference: { x in
            let product = Self.product(x[0], x[1], false, true)
            return Reference(rows: 6, columns: 3) { product[$0, $1] + x[2][0, $1] }
        }
    }

    @Test func aValueUsedTwiceGetsBothGradients() {
        checkGradients([(3, 3)]) { tape, x in
            let twice = tape.matmul(x[0], x[0])
            return tape.add(tape.multiply(twice, x[0]), tape.matmul(x[0], x[0], transposeLeft: true))
        } reference: { x in
            let (square, gram) = (Self.product(x[0], x[0], false, false), Self.product(x[0], x[0], true, false))
            return Reference(rows: 3, columns: 3) { square[$0, $1] * x[0][$0, $1] + gram[$0, $1] }
        }
    }

    @Test(arguments: shapes) func sums(shape: (Int, Int)) {
        checkGradients([shape]) {
            $0.sum($1[0])
        } reference: { x in
            Reference(rows: 1, columns: 1) { _, _ in x[0].elements.reduce(0, +) }
        }
        checkGradients([shape]) {
            $0.mean($1[0])
        } reference: { x in
            Reference(rows: 1, columns: 1) { _, _ in x[0].elements.reduce(0, +) / Double(x[0].elements.count) }
        }
    }

    @Test(arguments: shapes) func pairs(shape: (Int, Int)) {
        let operations: [((Tape, Variable, Variable) -> Variable, (Double, Double) -> Double)] = [
            ({ $0.add($1, $2) }, { $0 + $1 }), ({ $0.subtract($1, $2) }, { $0 - $1 }),
            ({ $0.multiply($1, $2) }, { $0 * $1 }),
        ]
        for (operation, reference) in operations {
            checkGradients([shape, shape]) {
                operation($0, $1[0], $1[1])
            } reference: { x in
                Reference(rows: shape.0, columns: shape.1) { reference(x[0][$0, $1], x[1][$0, $1]) }
            }
        }
    }

    @Test(arguments: shapes) func elementwise(shape: (Int, Int)) {
        let operations: [((Tape, Variable) -> Variable, (Double) -> Double)] = [
            ({ $0.scale($1, by: -2.5) }, { -2.5 * $0 }), ({ $0.square($1) }, { $0 * $0 }),
            ({ $0.exp($1) }, { Foundation.exp($0) }), ({ $0.relu($1) }, { max(0, $0) }),
            ({ $0.tanh($1) }, { Foundation.tanh($0) }), ({ $0.sigmoid($1) }, { 1 / (1 + Foundation.exp(-$0)) }),
            ({ $0.gelu($1) }, { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }),
            ({ $0.silu($1) }, { $0 / (1 + Foundation.exp(-$0)) }),
            ({ $0.geluTanh($1) }, { $0 / (1 + Foundation.exp(-1.595769121605731 * ($0 + 0.044715 * $0 * $0 * $0))) }),
            ({ $0.activate($1, .identity) }, { $0 }),
        ]
        for (operation, reference) in operations {
            checkGradients([shape]) {
                operation($0, $1[0])
            } reference: {
                $0[0].map(reference)
            }
        }
    }

    @Test(arguments: shapes) func softmax(shape: (Int, Int)) {
        func logged(_ x: Reference) -> Reference {
            Reference(rows: x.rows, columns: x.columns) { row, column in
                x[row, column] - log(x.row(row).reduce(0) { $0 + Foundation.exp($1) })
            }
        }
        checkGradients([shape]) {
            $0.softmax($1[0])
        } reference: {
            logged($0[0]).map { Foundation.exp($0) }
        }
        checkGradients([shape]) {
            $0.logSoftmax($1[0])
        } reference: {
            logged($0[0])
        }
    }

    @Test func gathers() {
        let columns = [2, 0, 2, 1]
        checkGradients([(4, 3)]) {
            $0.gather($1[0], columns: columns)
        } reference: { x in
            Reference(rows: 4, columns: 1) { row, _ in x[0][row, columns[row]] }
        }
        let rows = [3, 1, 1, 0, 3, 3]
        checkGradients([(4, 3)]) {
            $0.gatherRows($1[0], rows: rows)
        } reference: { x in
            Reference(rows: 6, columns: 3) { x[0][rows[$0], $1] }
        }
    }
}
