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
        + [1, 2].flatMap { heads in
            [Float(0), 0.4].map { probability in
                OperationCheck("trained attention \(heads) \(probability)", [(9, 12)]) { tape, x in
                    let dropout = Dropout(probability: probability, stream: maskStream)
                    return tape.attention(x[0], sequences: packed, heads: heads, dropout: dropout, step: 3)
                } reference: {
                    attention($0[0], heads: heads, isCausal: false, mask: mask(probability, heads: heads))
                }
            }
        }
        + [
            // Used twice, so that gradients are added.
            OperationCheck("trained attention of what is used again", [(9, 12)]) { tape, x in
                let none = Dropout(probability: 0, stream: maskStream)
                let first = tape.attention(x[0], sequences: packed, heads: 2, dropout: none, step: 0)
                return tape.add(first, tape.attention(x[0], sequences: packed, heads: 2, dropout: none, step: 0))
            } reference: {
                attention($0[0], heads: 2, isCausal: false).map { 2 * $0 }
            }
        ]
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

    private static let maskStream = RandomStream(seed: 5, name: "mask")

    /// The factor of what `token` sees of `other` with a head: blocks of sequences, then heads, whose sides are filled up.
    private static func mask(_ probability: Float, heads: Int) -> (Int, Int, Int) -> Double {
        guard probability > 0 else { return { _, _, _ in 1 } }
        // Every length here is at most 4: 4 rows of 8.
        let count = 4 * heads * 32
        var mask = [Float](repeating: 0, count: Dropout.maskCapacity(count))
        mask.withUnsafeMutableBufferPointer {
            if let start = $0.baseAddress {
                Dropout(probability: probability, stream: maskStream).fill(start, count, step: 3)
            }
        }
        let factors = mask
        return { token, other, head in
            let sequence = (0..<4).first { packed.rows(of: $0).contains(token) } ?? 0
            let first = packed.offsets[sequence]
            return Double(factors[(sequence * heads + head) * 32 + (token - first) * 8 + other - first])
        }
    }

    private static func attention(
        _ x: Reference, heads: Int, isCausal: Bool, mask: (Int, Int, Int) -> Double = { _, _, _ in 1 }
    ) -> Reference {
        let (width, size) = (4, 4 / heads)
        return Reference(rows: 9, columns: width) { token, column in
            let start = column / size * size
            let all = (0..<4).map { packed.rows(of: $0) }.first { $0.contains(token) } ?? 0..<0
            let seen = isCausal ? all.lowerBound..<token + 1 : all
            let masses = seen.map { other in
                let product = (start..<start + size).reduce(0.0) { $0 + x[token, $1] * x[other, width + $1] }
                return exp(product / Double(size).squareRoot())
            }
            let sum = zip(masses, seen).reduce(0.0) {
                $0 + $1.0 * mask(token, $1.1, column / size) * x[$1.1, 2 * width + column]
            }
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
