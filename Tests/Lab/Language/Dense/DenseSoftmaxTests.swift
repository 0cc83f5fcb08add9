import LabNumerics
import LabTestKit
import Testing

@testable import LabLanguage

@Suite("Linear softmax over vectors")
struct DenseSoftmaxTests {
    private struct Known: Decodable {
        let rows: Int
        let columns: Int
        let classes: Int
        let l2: Double
        let features: [Float]
        let labels: [Int]
        let logits: [Double]
        let balancedLogits: [Double]
        var matrix: Matrix { Matrix(rows: rows, columns: columns, elements: features) }
    }

    private let known: Known

    init() throws { known = try Fixture.json("Language/Linear/dense.json") }

    @Test("It is scikit-learn's logistic regression, classes balanced or not", arguments: [false, true])
    func optimum(isBalanced: Bool) throws {
        var training = DenseTraining()
        training.l2 = known.l2
        training.balance = isBalanced ? 1 : 0
        training.tolerance = 1e-7
        let model = try training.fit(known.matrix, labels: known.labels, classes: known.classes)
        let logits = model.logits(known.matrix)
        let expected = isBalanced ? known.balancedLogits : known.logits
        for row in 0..<known.rows {
            // A softmax is free in what is added to all classes.
            let shift = Double(logits[row, 0]) - expected[row * known.classes]
            for column in 1..<known.classes {
                #expect(abs(Double(logits[row, column]) - expected[row * known.classes + column] - shift) < 2e-3)
            }
        }
    }

    @Test("The gradient is that of finite differences")
    func gradient() throws {
        let problem = DenseProblem(
            ColumnScaling(known.matrix, standardises: true).apply(to: known.matrix), labels: known.labels,
            classes: known.classes, classWeights: [0.5, 1, 2])
        var draws = RandomStream(seed: 1, name: "point")
        var point = (0..<problem.parameterCount).map { _ in draws.nextNormal() * 0.3 }
        var gradient = point
        _ = problem.objective(point, l2: 0.1, gradient: &gradient)
        var unused = point
        for index in point.indices {
            let value = point[index]
            point[index] = value + 1e-2
            let above = problem.objective(point, l2: 0.1, gradient: &unused)
            point[index] = value - 1e-2
            let below = problem.objective(point, l2: 0.1, gradient: &unused)
            point[index] = value
            #expect(abs((above - below) / 2e-2 - gradient[index]) < 1e-4)
        }
    }

    @Test("A path of penalties gives what single fits give, smaller weights for larger penalties")
    func path() throws {
        var training = DenseTraining()
        training.tolerance = 1e-6
        let models = try training.path(known.matrix, labels: known.labels, classes: 3, l2s: [1, 0.001, 0.05])
        training.l2 = 0.05
        let single = try training.fit(known.matrix, labels: known.labels, classes: 3)
        for (one, other) in zip(models[2].weights.elements, single.weights.elements) {
            #expect(abs(one - other) < 5e-3 * max(1, abs(other)))
        }
        func norm(_ model: DenseSoftmax) -> Float { model.weights.elements.reduce(0) { $0 + $1 * $1 } }
        #expect(norm(models[0]) < norm(models[2]) && norm(models[2]) < norm(models[1]))
    }

    @Test("What cannot be fitted is refused")
    func refused() throws {
        let training = DenseTraining()
        #expect(throws: LanguageError.self) { try training.fit(known.matrix, labels: [0], classes: 2) }
        #expect(throws: LanguageError.self) {
            try training.fit(Matrix(rows: 1, columns: 1), labels: [2], classes: 2)
        }
        #expect(throws: LanguageError.notFinite(what: "a number of the vectors")) {
            try training.fit(Matrix([[.nan], [1]]), labels: [0, 1], classes: 2)
        }
        // A constant column has nothing to say and does no harm.
        let model = try training.fit(Matrix([[7, 0], [7, 1]]), labels: [0, 1], classes: 2)
        #expect(model.logits(Matrix([[7, 0], [7, 1]])).argmaxOfRows == [0, 1])
    }
}
