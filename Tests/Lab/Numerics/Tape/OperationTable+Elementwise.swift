import Foundation
import LabNumerics

extension OperationCheck {
    static let sizes = [(1, 1), (3, 5), (17, 2), (1, 9)]

    static let elementwise = sizes.flatMap { shape in
        functions.map { name, operation, reference in
            OperationCheck(name, [shape]) {
                operation($0, $1[0])
            } reference: {
                $0[0].map(reference)
            }
        }
            + pairs.map { name, operation, reference in
                OperationCheck(name, [shape, shape]) {
                    operation($0, $1[0], $1[1])
                } reference: { x in
                    Reference(rows: shape.0, columns: shape.1) { reference(x[0][$0, $1], x[1][$0, $1]) }
                }
            }
    }

    private typealias Function = (
        name: String, operation: @Sendable (Tape, Variable) -> Variable, reference: @Sendable (Double) -> Double
    )
    private typealias Pair = (
        name: String, operation: @Sendable (Tape, Variable, Variable) -> Variable,
        reference: @Sendable (Double, Double) -> Double
    )

    private static let functions: [Function] = [
        ("scale", { $0.scale($1, by: -2.5) }, { -2.5 * $0 }),
        ("square", { $0.square($1) }, { $0 * $0 }),
        ("exp", { $0.exp($1) }, { Foundation.exp($0) }),
        ("relu", { $0.relu($1) }, { max(0, $0) }),
        ("tanh", { $0.tanh($1) }, { Foundation.tanh($0) }),
        ("sigmoid", { $0.sigmoid($1) }, { 1 / (1 + Foundation.exp(-$0)) }),
        ("gelu", { $0.gelu($1) }, { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }),
        ("silu", { $0.silu($1) }, { $0 / (1 + Foundation.exp(-$0)) }),
        (
            "geluTanh", { $0.geluTanh($1) },
            { $0 / (1 + Foundation.exp(-1.595769121605731 * ($0 + 0.044715 * $0 * $0 * $0))) }
        ),
        ("identity", { $0.activate($1, .identity) }, { $0 }),
    ]

    private static let pairs: [Pair] = [
        ("add", { $0.add($1, $2) }, { $0 + $1 }),
        ("subtract", { $0.subtract($1, $2) }, { $0 - $1 }),
        ("multiply", { $0.multiply($1, $2) }, { $0 * $1 }),
    ]
}
