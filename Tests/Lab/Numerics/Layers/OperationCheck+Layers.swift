import Foundation

@testable import LabNumerics

/// Operations of layers beside their definitions in Double.
extension OperationCheck {
    static let layerOperations: [OperationCheck] =
        [(1, 3), (4, 5), (3, 12), (2, 35)].map { shape in
            OperationCheck("layerNorm", [shape, (1, shape.1), (1, shape.1)]) { tape, x in
                tape.layerNorm(x[0], gain: x[1], bias: x[2], epsilon: 1e-3)
            } reference: { x in
                let normal = normalised(x[0], epsilon: 1e-3)
                return Reference(rows: shape.0, columns: shape.1) {
                    x[1][0, $1] * normal[$0, $1] + x[2][0, $1]
                }
            }
        } + [
            OperationCheck("layerNorm of what is used again", [(3, 5)]) { tape, x in
                let gain = tape.constant(Matrix(rows: 1, columns: 5, repeating: 2))
                let bias = tape.constant(Matrix(rows: 1, columns: 5))
                return tape.add(x[0], tape.layerNorm(x[0], gain: gain, bias: bias, epsilon: 1e-2))
            } reference: { x in
                let normal = normalised(x[0], epsilon: 1e-2)
                return Reference(rows: 3, columns: 5) { x[0][$0, $1] + 2 * normal[$0, $1] }
            },
            OperationCheck("embedding", [(4, 3)]) { tape, x in
                tape.embedding(x[0], indices: [3, 0, 3, 2, 1], scale: 1.5)
            } reference: { x in
                Reference(rows: 5, columns: 3) { 1.5 * x[0][[3, 0, 3, 2, 1][$0], $1] }
            },
            OperationCheck("dropout", [(3, 8)]) { tape, x in
                dropout.forward(x[0], step: 7, on: tape)
            } reference: { x in
                let mask = Self.mask
                return Reference(rows: 3, columns: 8) { x[0][$0, $1] * Double(mask[8 * $0 + $1]) }
            },
        ]

    private static let dropout = Dropout(probability: 0.4, stream: RandomStream(seed: 2, name: "dropout"))

    private static var mask: [Float] {
        var mask = [Float](repeating: 0, count: Dropout.maskCapacity(24))
        mask.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { dropout.fill(start, 24, step: 7) } }
        return mask
    }

    private static func normalised(_ x: Reference, epsilon: Double) -> Reference {
        let statistics = (0..<x.rows).map { row in
            let mean = x.row(row).reduce(0, +) / Double(x.columns)
            let variance = x.row(row).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.columns)
            return (mean, 1 / (variance + epsilon).squareRoot())
        }
        return x.mapPlaces { (x[$0, $1] - statistics[$0].0) * statistics[$0].1 }
    }
}

extension Reference {
    fileprivate func mapPlaces(_ element: (Int, Int) -> Double) -> Reference {
        Reference(rows: rows, columns: columns, element)
    }
}
