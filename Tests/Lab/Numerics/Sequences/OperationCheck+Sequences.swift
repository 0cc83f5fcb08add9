import Foundation

@testable import LabNumerics

/// Operations over packed sequences beside their definitions in Double, sequence by sequence.
extension OperationCheck {
    private static let packed = PackedSequences(lengths: [2, 1, 4, 2])

    static let sequenceOperations: [OperationCheck] =
        Pooling.allCases.map { pooling in
            OperationCheck("pool \(pooling)", [(9, 5)]) { tape, x in
                tape.pool(x[0], sequences: packed, by: pooling)
            } reference: { x in
                Reference(rows: 4, columns: 5) { sequence, column in
                    pool(packed.rows(of: sequence).map { x[0][$0, column] }, pooling)
                }
            }
        }
        + [(1, false), (2, false), (2, true)].map { heads, isCausal in
            OperationCheck("attention \(heads) \(isCausal)", [(9, 12)]) { tape, x in
                tape.attention(x[0], sequences: packed, heads: heads, isCausal: isCausal)
            } reference: {
                attention($0[0], heads: heads, isCausal: isCausal)
            }
        }
        + [false, true].map { fromEnd in
            OperationCheck("recurrence \(fromEnd)", [(9, 9), (9, 3), (1, 9)]) { tape, x in
                tape.recurrence(x[0], weight: x[1], bias: x[2], sequences: packed, fromEnd: fromEnd)
            } reference: {
                recurrence($0, fromEnd: fromEnd)
            }
        }

    private static func pool(_ values: [Double], _ pooling: Pooling) -> Double {
        switch pooling {
        case .mean: values.reduce(0, +) / Double(values.count)
        case .max: values.max() ?? 0
        case .first: values[0]
        case .last: values[values.count - 1]
        }
    }

    private static func attention(_ x: Reference, heads: Int, isCausal: Bool) -> Reference {
        let (width, size) = (4, 4 / heads)
        return Reference(rows: 9, columns: width) { token, column in
            let start = column / size * size
            let all = (0..<4).map { packed.rows(of: $0) }.first { $0.contains(token) } ?? 0..<0
            let seen = isCausal ? all.lowerBound..<token + 1 : all
            let masses = seen.map { other in
                let product = (start..<start + size).reduce(0.0) { $0 + x[token, $1] * x[other, width + $1] }
                return exp(product / Double(size).squareRoot())
            }
            let sum = zip(masses, seen).reduce(0.0) { $0 + $1.0 * x[$1.1, 2 * width + column] }
            return sum / masses.reduce(0, +)
        }
    }

    private static func recurrence(_ x: [Reference], fromEnd: Bool) -> Reference {
        let width = 3
        var states = [[Double]](repeating: [], count: 9)
        for sequence in 0..<4 {
            var state = [Double](repeating: 0, count: width)
            let rows = Array(packed.rows(of: sequence))
            for row in fromEnd ? rows.reversed() : rows {
                let part = (0..<9).map { gate in
                    x[2][0, gate] + (0..<width).reduce(0.0) { $0 + x[1][gate, $1] * state[$1] }
                }
                state = (0..<width).map { column in
                    let reset = 1 / (1 + exp(-x[0][row, column] - part[column]))
                    let update = 1 / (1 + exp(-x[0][row, width + column] - part[width + column]))
                    let new = tanh(x[0][row, 2 * width + column] + reset * part[2 * width + column])
                    return (1 - update) * new + update * state[column]
                }
                states[row] = state
            }
        }
        return Reference(rows: 9, columns: width) { states[$0][$1] }
    }
}
