import Foundation
import LabNumerics

extension OperationCheck {
    static let losses: [OperationCheck] =
        [LossReduction.mean, .weightedMean, .sum].flatMap { reduction in
            [nil, [0.5, 2, 0, 1.25, 3] as [Float]].flatMap { losses(reduction, weights: $0) }
        } + [distribution, meanSquaredError]

    private static let classes = [0, 3, 1, 1, 2]
    private static let shares = Matrix([[0, 1], [1, 0], [0.25, 0.5], [1, 1], [0, 0]])
    private static let goal = Matrix([[0.1, -1], [2, 0.3], [0, 0], [-3, 1], [0.4, 5]])

    private static func losses(_ reduction: LossReduction, weights: [Float]?) -> [OperationCheck] {
        let used = weights?.map(Double.init) ?? [1, 1, 1, 1, 1]
        let divisor =
            switch reduction {
            case .mean: 5.0
            case .weightedMean: used.reduce(0, +)
            case .sum: 1.0
            }
        let name = "\(reduction)\(weights == nil ? "" : " weighted")"
        @Sendable func reduced(_ loss: (Int) -> Double) -> Reference {
            Reference(rows: 1, columns: 1) { _, _ in
                (0..<5).reduce(0.0) { $0 + used[$1] / divisor * loss($1) }
            }
        }
        @Sendable func errors(_ x: Reference, _ loss: (Double) -> Double) -> Reference {
            reduced { row in loss(x[row, 0] - Double(goal[row, 0])) + loss(x[row, 1] - Double(goal[row, 1])) }
        }
        return [
            OperationCheck("crossEntropy \(name)", [(5, 4)]) {
                $0.crossEntropy($1[0], targets: classes, weights: weights, reduction: reduction)
            } reference: { x in
                let logged = logSoftmax(x[0])
                return reduced { -logged[$0, classes[$0]] }
            },
            OperationCheck("huber \(name)", [(5, 2)]) {
                $0.huber($1[0], target: goal, delta: 1.5, weights: weights, reduction: reduction)
            } reference: {
                errors($0[0]) { abs($0) <= 1.5 ? 0.5 * $0 * $0 : 1.5 * (abs($0) - 0.75) }
            },
            OperationCheck("sigmoidCrossEntropy \(name)", [(5, 2)]) {
                $0.sigmoidCrossEntropy($1[0], targets: shares, weights: weights, reduction: reduction)
            } reference: { x in
                reduced { row in
                    (0..<2).reduce(0.0) { sum, column in
                        let (chance, target) = (1 / (1 + exp(-x[0][row, column])), Double(shares[row, column]))
                        return sum - target * log(chance) - (1 - target) * log(1 - chance)
                    }
                }
            },
            OperationCheck("squaredError \(name)", [(5, 2)]) {
                $0.squaredError($1[0], target: goal, weights: weights, reduction: reduction)
            } reference: {
                errors($0[0]) { $0 * $0 }
            },
        ]
    }

    private static let distribution = OperationCheck("crossEntropy of distributions", [(3, 3)]) {
        $0.crossEntropy($1[0], probabilities: Matrix([[0.25, 0.75, 0], [0, 0, 1], [0.2, 0.3, 0.5]]))
    } reference: { x in
        let (target, logged) = ([0.25, 0.75, 0, 0, 0, 1, 0.2, 0.3, 0.5], logSoftmax(x[0]))
        return Reference(rows: 1, columns: 1) { _, _ in
            (0..<9).reduce(0.0) { $0 - target[$1] * logged.elements[$1] / 3 }
        }
    }

    private static let meanSquaredError = OperationCheck("mse", [(5, 2)]) {
        $0.mse($1[0], target: goal)
    } reference: { x in
        Reference(rows: 1, columns: 1) { _, _ in
            (0..<10).reduce(0.0) { sum, index in
                let error = x[0].elements[index] - Double(goal.elements[index])
                return sum + error * error / 10
            }
        }
    }
}
