import Foundation
import LabNumerics

extension OperationCheck {
    static let rows = sizes.flatMap { shape in
        [
            OperationCheck("sum", [shape]) {
                $0.sum($1[0])
            } reference: { x in
                Reference(rows: 1, columns: 1) { _, _ in x[0].elements.reduce(0, +) }
            },
            OperationCheck("mean", [shape]) {
                $0.mean($1[0])
            } reference: { x in
                Reference(rows: 1, columns: 1) { _, _ in x[0].elements.reduce(0, +) / Double(x[0].elements.count) }
            },
            OperationCheck("softmax", [shape]) {
                $0.softmax($1[0])
            } reference: {
                logSoftmax($0[0]).map { exp($0) }
            },
            OperationCheck("logSoftmax", [shape]) {
                $0.logSoftmax($1[0])
            } reference: {
                logSoftmax($0[0])
            },
        ]
    }

    static func logSoftmax(_ x: Reference) -> Reference {
        Reference(rows: x.rows, columns: x.columns) { row, column in
            x[row, column] - log(x.row(row).reduce(0) { $0 + exp($1) })
        }
    }

    /// What takes, moves and joins elements.
    static let shapes: [OperationCheck] = [
        OperationCheck("gather", [(4, 3)]) {
            $0.gather($1[0], columns: [2, 0, 2, 1])
        } reference: { x in
            Reference(rows: 4, columns: 1) { row, _ in x[0][row, [2, 0, 2, 1][row]] }
        },
        OperationCheck("gatherRows", [(4, 3)]) {
            $0.gatherRows($1[0], rows: [3, 1, 1, 0, 3, 3])
        } reference: { x in
            Reference(rows: 6, columns: 3) { x[0][[3, 1, 1, 0, 3, 3][$0], $1] }
        },
        OperationCheck("rows", [(5, 3)]) { tape, x in
            tape.add(tape.rows(1..<3, of: x[0]), tape.rows(2..<4, of: x[0]))
        } reference: { x in
            Reference(rows: 2, columns: 3) { x[0][1 + $0, $1] + x[0][2 + $0, $1] }
        },
        OperationCheck("reshaped", [(4, 3)]) {
            $0.reshaped($1[0], rows: 2, columns: 6)
        } reference: { x in
            Reference(rows: 2, columns: 6) { x[0].elements[6 * $0 + $1] }
        },
        OperationCheck("columns", [(3, 5)]) { tape, x in
            tape.multiply(tape.columns(0..<2, of: x[0]), tape.columns(1..<3, of: x[0]))
        } reference: { x in
            Reference(rows: 3, columns: 2) { x[0][$0, $1] * x[0][$0, $1 + 1] }
        },
        OperationCheck("transposed", [(3, 5)]) {
            $0.transposed($1[0])
        } reference: { x in
            Reference(rows: 5, columns: 3) { x[0][$1, $0] }
        },
        OperationCheck("joins of two", [(2, 3), (2, 3)]) { tape, x in
            tape.joinColumns(tape.joinRows(x[0], x[1]), tape.joinRows(x[1], x[1]))
        } reference: { x in
            let (left, right) = (x[0].elements + x[1].elements, x[1].elements + x[1].elements)
            return Reference(rows: 4, columns: 6) { $1 < 3 ? left[3 * $0 + $1] : right[3 * $0 + $1 - 3] }
        },
        OperationCheck("joinRows", [(2, 3), (1, 3), (2, 3)]) { tape, x in
            tape.joinRows([x[0], x[1], tape.constant(Matrix(rows: 1, columns: 3)), x[2], x[0]])
        } reference: { x in
            let lines = x[0].elements + x[1].elements + [0, 0, 0] + x[2].elements + x[0].elements
            return Reference(rows: 8, columns: 3) { lines[3 * $0 + $1] }
        },
        OperationCheck("joinColumns", [(2, 3), (2, 1)]) { tape, x in
            tape.joinColumns([x[0], x[1], tape.constant(Matrix(rows: 2, columns: 1)), x[0]])
        } reference: { x in
            Reference(rows: 2, columns: 8) { (x[0].row($0) + x[1].row($0) + [0] + x[0].row($0))[$1] }
        },
    ]
}
