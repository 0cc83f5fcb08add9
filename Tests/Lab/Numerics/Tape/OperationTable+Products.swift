import Foundation
import LabNumerics

extension OperationCheck {
    static func product(_ a: Reference, _ b: Reference, _ transposeA: Bool, _ transposeB: Bool) -> Reference {
        let inner = transposeA ? a.rows : a.columns
        return Reference(rows: transposeA ? a.columns : a.rows, columns: transposeB ? b.rows : b.columns) {
            row, column in
            (0..<inner).reduce(0.0) {
                $0 + (transposeA ? a[$1, row] : a[row, $1]) * (transposeB ? b[column, $1] : b[$1, column])
            }
        }
    }

    static let products = matrixProducts + layers + [reused, sparse]

    private static let matrixProducts = [(1, 1, 1), (4, 3, 5), (16, 7, 2)].flatMap { m, n, k in
        (0..<4).map { transposes in
            let (left, right) = (transposes & 1 != 0, transposes & 2 != 0)
            return OperationCheck("matmul \(transposes)", [left ? (k, m) : (m, k), right ? (n, k) : (k, n)]) {
                $0.matmul($1[0], $1[1], transposeLeft: left, transposeRight: right)
            } reference: {
                product($0[0], $0[1], left, right)
            }
        }
    }

    /// Whole layers with each activation, and a bias alone.
    private static let layers: [OperationCheck] =
        Activation.allCases.map { activation in
            OperationCheck("linear \(activation)", [(6, 4), (3, 4), (1, 3)]) {
                $0.linear($1[0], weight: $1[1], bias: $1[2], activation: activation)
            } reference: { x in
                let sums = product(x[0], x[1], false, true)
                return Reference(rows: 6, columns: 3) { definition(activation, sums[$0, $1] + x[2][0, $1]) }
            }
        } + [
            OperationCheck("addBias", [(6, 4), (1, 4)]) {
                $0.addBias($1[0], $1[1])
            } reference: { x in
                Reference(rows: 6, columns: 4) { x[0][$0, $1] + x[1][0, $1] }
            }
        ]

    private static func definition(_ activation: Activation, _ x: Double) -> Double {
        switch activation {
        case .identity: x
        case .relu: max(0, x)
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .geluTanh: x / (1 + exp(-1.595769121605731 * (x + 0.044715 * x * x * x)))
        case .silu: x / (1 + exp(-x))
        case .tanh: tanh(x)
        case .sigmoid: 1 / (1 + exp(-x))
        }
    }

    /// A value used several times gets the gradients of all its uses.
    private static let reused = OperationCheck("reused value", [(3, 3)]) { tape, x in
        let twice = tape.matmul(x[0], x[0])
        return tape.add(tape.multiply(twice, x[0]), tape.matmul(x[0], x[0], transposeLeft: true))
    } reference: { x in
        let (square, gram) = (product(x[0], x[0], false, false), product(x[0], x[0], true, false))
        return Reference(rows: 3, columns: 3) { square[$0, $1] * x[0][$0, $1] + gram[$0, $1] }
    }

    private static let sparse = OperationCheck("sparse matmul", [(4, 3)]) {
        $0.matmul(SparseRows(columns: 4, rows: [[(1, 2), (3, -1)], [], [(0, 0.5), (1, 1)]]), $1[0])
    } reference: { x in
        let rows: [[Double]] = [[0, 2, 0, -1], [0, 0, 0, 0], [0.5, 1, 0, 0]]
        return Reference(rows: 3, columns: 3) { row, column in
            (0..<4).reduce(0.0) { $0 + rows[row][$1] * x[0][$1, column] }
        }
    }
}
