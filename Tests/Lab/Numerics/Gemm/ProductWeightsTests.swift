import Testing

@testable import LabNumerics

@Suite("Weights of inference")
struct ProductWeightsTests {
    private static func matrix(_ rows: Int, _ columns: Int, _ name: String) -> Matrix {
        var stream = RandomStream(seed: 9, name: name)
        return Matrix(
            rows: rows, columns: columns,
            elements: (0..<rows * columns).map { _ in Float(stream.nextInt(below: 201)) / 100 - 1 })
    }

    @Test(
        "Products are those of the plain loop, whichever form the weights have",
        arguments: [(1, 64, 64), (33, 384, 128), (70, 1_536, 192), (5, 1_000, 64), (40, 36, 36), (3, 512, 320)])
    func products(count: Int, rows: Int, columns: Int) {
        let (input, weights) = (Self.matrix(count, rows, "input"), Self.matrix(rows, columns, "weights"))
        let wanted = ReferenceMultiplier().product(input, weights)
        for packed in [ProductWeights(weights), ProductWeights(weights.transposed, transposed: true)] {
            var found = Matrix(rows: count, columns: columns, repeating: .nan)
            for (round, isAdding) in [false, true].enumerated() {
                found.elements.withUnsafeMutableBufferPointer { output in
                    input.elements.withUnsafeBufferPointer { input in
                        if let output = output.baseAddress, let input = input.baseAddress {
                            packed.multiply(count: count, input: input, output: output, adding: isAdding)
                        }
                    }
                }
                let times = Float(round + 1)
                #expect(zip(found.elements, wanted.elements).allSatisfy { abs($0 - times * $1) < 1e-3 })
            }
        }
    }
}
