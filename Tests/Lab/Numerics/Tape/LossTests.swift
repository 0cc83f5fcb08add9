import Foundation
import LabNumerics
import Testing

@Suite struct LossTests {
    static let weights: [Float] = [0.5, 2, 0, 1.25, 3]

    /// The factors that `reduction` gives to rows, by its definition.
    static func factors(_ reduction: LossReduction, weighted: Bool) -> [Double] {
        let used = weighted ? weights.map(Double.init) : [1, 1, 1, 1, 1]
        switch reduction {
        case .mean: return used.map { $0 / 5 }
        case .weightedMean: return used.map { $0 / used.reduce(0, +) }
        case .sum: return used
        }
    }

    @Test(arguments: [LossReduction.mean, .weightedMean, .sum], [true, false])
    func crossEntropy(reduction: LossReduction, weighted: Bool) {
        let targets = [0, 3, 1, 1, 2]
        let factors = Self.factors(reduction, weighted: weighted)
        checkGradients([(5, 4)]) { tape, x in
            tape.crossEntropy(
                x[0], targets: targets, weights: weighted ? Self.weights : nil, reduction: reduction)
        } reference: { x in
            Reference(rows: 1, columns: 1) { _, _ in
                (0..<5).reduce(0.0) { sum, row in
                    let total = x[0].row(row).reduce(0) { $0 + exp($1) }
                    return sum + factors[row] * (log(total) - x[0][row, targets[row]])
                }
            }
        }
    }

    @Test func crossEntropyAgainstProbabilities() {
        let target = Matrix([[0.25, 0.75, 0], [0, 0, 1], [0.2, 0.3, 0.5]])
        checkGradients([(3, 3)]) {
            $0.crossEntropy($1[0], probabilities: target)
        } reference: { x in
            Reference(rows: 1, columns: 1) { _, _ in
                (0..<3).reduce(0.0) { sum, row in
                    let total = log(x[0].row(row).reduce(0) { $0 + exp($1) })
                    return sum
                        - (0..<3).reduce(0.0) { $0 + Double(target[row, $1]) * (x[0][row, $1] - total) } / 3
                }
            }
        }
    }

    @Test(arguments: [LossReduction.mean, .weightedMean, .sum], [true, false])
    func errors(reduction: LossReduction, weighted: Bool) {
        let target = Matrix([[0.1, -1], [2, 0.3], [0, 0], [-3, 1], [0.4, 5]])
        let factors = Self.factors(reduction, weighted: weighted)
        let weights = weighted ? Self.weights : nil
        func reduced(_ x: Reference, _ loss: (Double) -> Double) -> Reference {
            Reference(rows: 1, columns: 1) { _, _ in
                (0..<10).reduce(0.0) { sum, index in
                    sum + factors[index / 2] * loss(x[index / 2, index % 2] - Double(target[index / 2, index % 2]))
                }
            }
        }
        checkGradients([(5, 2)]) {
            $0.huber($1[0], target: target, delta: 1.5, weights: weights, reduction: reduction)
        } reference: {
            reduced($0[0]) { abs($0) <= 1.5 ? 0.5 * $0 * $0 : 1.5 * (abs($0) - 0.75) }
        }
        checkGradients([(5, 2)]) {
            $0.squaredError($1[0], target: target, weights: weights, reduction: reduction)
        } reference: {
            reduced($0[0]) { $0 * $0 }
        }
    }

    @Test func meanSquaredErrorIsOverElements() {
        let tape = Tape()
        let loss = tape.mse(tape.constant(Matrix([[1, 2], [3, 4]])), target: Matrix([[0, 0], [0, 0]]))
        #expect(tape.scalar(loss) == 7.5)
    }

    @Test func certainLogitsGiveFiniteLosses() {
        let tape = Tape()
        let logits = tape.parameter(Matrix([[500, -500, -.infinity]]))
        let loss = tape.crossEntropy(logits, targets: [0])
        tape.backward(from: loss)
        #expect(tape.scalar(loss) == 0)
        #expect(tape.gradient(of: logits).elements == [0, 0, 0])
    }
}
