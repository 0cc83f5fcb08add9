import LabNumerics
import Testing

/// A matrix in Double, in which reference values and finite differences are computed.
struct Reference {
    var rows: Int
    var columns: Int
    var elements: [Double]

    init(rows: Int, columns: Int, _ element: (Int, Int) -> Double) {
        self.rows = rows
        self.columns = columns
        elements = (0..<rows * columns).map { element($0 / max(columns, 1), $0 % max(columns, 1)) }
    }

    init(_ matrix: Matrix) {
        self.init(rows: matrix.rows, columns: matrix.columns) { Double(matrix[$0, $1]) }
    }

    subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

    func map(_ function: (Double) -> Double) -> Reference {
        Reference(rows: rows, columns: columns) { function(self[$0, $1]) }
    }

    func row(_ row: Int) -> [Double] { Array(elements[row * columns..<(row + 1) * columns]) }
}

/// Checks an operation's value and gradients against its definition in Double and central finite differences of it.
///
/// The loss is Σ weight · output with random weights, so that every element of the output counts differently.
func checkGradients(
    _ shapes: [(Int, Int)], scale: Float = 1.5, tolerance: Double = 2e-5,
    tape operation: (Tape, [Variable]) -> Variable, reference: ([Reference]) -> Reference,
    location: SourceLocation = #_sourceLocation
) {
    var stream = RandomStream(seed: 17, name: "gradient check")
    let inputs = shapes.map { rows, columns in
        var matrix = Matrix(rows: rows, columns: columns)
        stream.fillNormal(&matrix.elements)
        for index in matrix.elements.indices { matrix.elements[index] *= scale }
        return matrix
    }
    let tape = Tape()
    let variables = inputs.map { tape.parameter($0) }
    let output = operation(tape, variables)
    let exact = inputs.map { Reference($0) }
    let expected = reference(exact)
    #expect(tape.shape(of: output) == (expected.rows, expected.columns), sourceLocation: location)
    let value = tape.value(of: output)
    let size = max(1, expected.elements.map(\.magnitude).max() ?? 1)
    for (found, wanted) in zip(value.elements, expected.elements) {
        #expect(abs(Double(found) - wanted) <= tolerance * size, "value", sourceLocation: location)
    }

    var weights = Matrix(rows: expected.rows, columns: expected.columns)
    stream.fillNormal(&weights.elements)
    tape.backward(from: tape.sum(tape.multiply(output, tape.constant(weights))))
    func loss(_ inputs: [Reference]) -> Double {
        zip(reference(inputs).elements, weights.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    let step = 1e-5
    for (input, variable) in variables.enumerated() {
        let gradient = tape.gradient(of: variable)
        let differences = exact[input].elements.indices.map { element in
            var up = exact
            var down = exact
            up[input].elements[element] += step
            down[input].elements[element] -= step
            return (loss(up) - loss(down)) / (2 * step)
        }
        let size = max(1, differences.map(\.magnitude).max() ?? 1)
        for (found, wanted) in zip(gradient.elements, differences) {
            #expect(
                abs(Double(found) - wanted) <= tolerance * size, "gradient of input \(input): \(found), \(wanted)",
                sourceLocation: location)
        }
    }
}
