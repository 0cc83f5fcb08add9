import Foundation
import LabNumerics
import Testing

/// PyTorch's figures of one layer; each table says how it was made, by `Fixtures/torch_layers.py`.
struct TorchTable: Decodable {
    struct Block: Decodable {
        let rows: Int
        let columns: Int
        let elements: [Double]

        var matrix: Matrix { Matrix(rows: rows, columns: columns, elements: elements.map { Float($0) }) }
    }

    struct Case: Decodable {
        let name: String
        let lengths: [Int]
        let settings: [String: Double]
        let indices: [Int]?
        let input: Block
        /// What the outputs are weighted with before they are summed up to a loss.
        let slope: Block
        let output: Block
        let inputGradient: Block
        let parameters: [String: Block]
        let gradients: [String: Block]

        var sequences: PackedSequences { PackedSequences(lengths: lengths) }
    }

    let made: String
    let cases: [Case]

    static func read(_ name: String) throws -> TorchTable {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let table = try JSONDecoder().decode(
            TorchTable.self, from: Data(contentsOf: folder.appending(path: "Fixtures/torch-\(name).json")))
        // A test over no cases could not fail.
        try #require(!table.cases.isEmpty)
        return table
    }
}

/// Fails where an element is more than 1e-5 of the largest one (at least of 1) away from PyTorch's.
func expectClose(
    _ found: Matrix, _ wanted: TorchTable.Block, _ what: String, location: SourceLocation = #_sourceLocation
) {
    #expect(found.rows == wanted.rows && found.columns == wanted.columns, "\(what)", sourceLocation: location)
    #expect(found.elements.count == wanted.elements.count, "\(what)", sourceLocation: location)
    let size = max(1, wanted.elements.map(\.magnitude).max() ?? 1)
    // Element by element: a largest difference would pass over what is not a number.
    let isClose = zip(found.elements, wanted.elements).allSatisfy { abs(Double($0) - $1) <= 1e-5 * size }
    #expect(isClose, "\(what)", sourceLocation: location)
}

extension TorchTable.Case {
    /// Checks a layer's output and all its gradients on a tape, and its output without one.
    func check<Layer: Parametrised>(
        _ layer: Layer, without: ((Layer, Matrix) -> Matrix)? = nil, location: SourceLocation = #_sourceLocation,
        forward: (Layer, Variable, ParameterHandles, Tape) -> Variable
    ) throws {
        var layer = layer
        #expect(Set(layer.parameterNames) == Set(parameters.keys), "names", sourceLocation: location)
        for (index, name) in layer.parameterNames.enumerated() {
            layer.parameters[index].value = try #require(parameters[name], sourceLocation: location).matrix
        }
        let tape = Tape()
        let handles = layer.recorded(on: tape)
        let variable = tape.parameter(input.matrix)
        let result = forward(layer, variable, handles, tape)
        expectClose(tape.value(of: result), output, "\(name): output", location: location)
        tape.backward(from: tape.sum(tape.multiply(result, tape.constant(slope.matrix))))
        expectClose(tape.gradient(of: variable), inputGradient, "\(name): gradient of the input", location: location)
        for (index, parameter) in layer.parameterNames.enumerated() {
            let wanted = try #require(gradients[parameter], sourceLocation: location)
            expectClose(
                tape.gradient(of: handles[index]), wanted, "\(name): gradient of \(parameter)", location: location)
        }
        if let without {
            expectClose(without(layer, input.matrix), output, "\(name): without a tape", location: location)
        }
    }
}
