import Foundation
import LabNumerics
import Testing

@testable import LabLanguage

@Suite("Linear softmax")
struct LinearTests {
    func examples(_ count: Int, seed: UInt64) -> (features: [SparseVector], labels: [Int]) {
        var stream = RandomStream(seed: seed, name: "examples")
        var features: [SparseVector] = []
        var labels: [Int] = []
        for _ in 0..<count {
            let columns = (0..<4).map { _ in (Int32(stream.nextInt(below: 12)), Float(stream.nextNormal())) }
            features.append(SparseVector(summing: columns.map { (column: $0.0, value: $0.1) }))
            labels.append(stream.nextInt(below: 3))
        }
        return (features, labels)
    }

    @Test("The gradient agrees with central differences")
    func gradient() {
        let (features, labels) = examples(40, seed: 1)
        var training = LinearTraining()
        training.l2 = 0.1
        training.balance = 0.7
        let problem = LinearProblem(features, labels: labels, classes: 3, width: 12, training: training)
        var stream = RandomStream(seed: 2, name: "point")
        let point = (0..<problem.parameterCount).map { _ in stream.nextNormal() }
        var gradient = point
        var unused = point
        _ = problem.objective(point, gradient: &gradient)
        for index in point.indices {
            var up = point
            var down = point
            up[index] += 1e-5
            down[index] -= 1e-5
            let difference =
                (problem.objective(up, gradient: &unused) - problem.objective(down, gradient: &unused)) / 2e-5
            #expect(abs(difference - gradient[index]) < 1e-8)
        }
    }

    @Test("The optimum is where the gradient vanishes, whatever the order of the examples")
    func optimum() throws {
        let (features, labels) = examples(200, seed: 3)
        var training = LinearTraining()
        training.l2 = 0.01
        training.tolerance = 1e-9
        let model = try training.fit(features, labels: labels, classes: 3, width: 12)
        let reversed = try training.fit(features.reversed(), labels: labels.reversed(), classes: 3, width: 12)
        for (left, right) in zip(model.weights, reversed.weights) { #expect(abs(left - right) < 1e-5) }
        #expect(try training.fit(features, labels: labels, classes: 3, width: 12) == model)
        // Without features the bias gives the classes' shares.
        let empty = [SparseVector](repeating: SparseVector(columns: [], values: []), count: 10)
        let biased = try training.fit(empty, labels: [0, 0, 0, 0, 0, 1, 1, 1, 2, 2], classes: 3, width: 1)
        let shares = softmax(biased.bias.map(Double.init))
        for (share, expected) in zip(shares, [0.5, 0.3, 0.2]) { #expect(abs(share - expected) < 1e-6) }
    }

    @Test("L-BFGS finds Rosenbrock's minimum")
    func rosenbrock() throws {
        let point = try LimitedMemoryBFGS(maximumSteps: 200, tolerance: 1e-8).minimise(
            from: [-1.2, 1], progress: { _, _ in }
        ) { point, gradient in
            let (x, y) = (point[0], point[1])
            gradient = [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]
            return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
        }
        #expect(abs(point[0] - 1) < 1e-6 && abs(point[1] - 1) < 1e-6)
    }

    @Test("Temperature scaling undoes a known overconfidence", arguments: [0.5, 1, 3])
    func temperature(truth: Double) throws {
        var stream = RandomStream(seed: 5, name: "temperature")
        var logits: [[Double]] = []
        var labels: [Int] = []
        for _ in 0..<20_000 {
            let honest = (0..<3).map { _ in stream.nextNormal() * 2 }
            labels.append(stream.choose(weights: softmax(honest)))
            logits.append(honest.map { $0 * truth })
        }
        let fitted = try TemperatureScaling.fit(logits: logits, labels: labels)
        #expect(abs(fitted / truth - 1) < 0.05)
        #expect(throws: LanguageError.self) { _ = try TemperatureScaling.fit(logits: [], labels: []) }
    }

    @Test("Macro-F1 by hand")
    func f1() {
        // Class 0: 2·1/(2+1), class 1: 2·1/(1+2), class 2: nothing predicted or present.
        #expect(abs(macroF1(predicted: [0, 0, 1], labels: [0, 1, 1], classes: 3) - (2 / 3.0 + 2 / 3.0) / 3) < 1e-12)
        #expect(macroF1(predicted: [0, 1, 2], labels: [0, 1, 2], classes: 3) == 1)
    }
}
