import Foundation
import LabTestKit

@testable import LabPolicy

/// A model of `Tests/Fixtures/ONNX` with what onnxruntime makes of it.
struct ONNXCase: Decodable, Sendable, CustomStringConvertible {
    struct Tensor: Decodable, Sendable {
        let type: String
        let shape: [Int]
        let values: [Number]

        var tensor: ONNXTensor? {
            guard let type = ONNXElementType.allCases.first(where: { $0.name == type }) else { return nil }
            let doubles = values.map(\.value)
            return switch type {
            case .float: ONNXTensor(shape: shape, doubles.map { Float($0) })
            case .double: ONNXTensor(shape: shape, type: .double, elements: .doubles(doubles))
            case .bool: ONNXTensor(shape: shape, doubles.map { $0 != 0 })
            default: ONNXTensor(shape: shape, doubles.map { Int64($0) }, type: type)
            }
        }
    }

    /// A number, or the text of one that JSON has not.
    struct Number: Decodable, Sendable {
        let value: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                value = number
            } else {
                value = Double(try container.decode(String.self)) ?? .nan
            }
        }
    }

    let name: String
    let inputs: [String: Tensor]
    let outputs: [String: Tensor]

    var description: String { name }

    private struct Table: Decodable { let cases: [ONNXCase] }

    static let all: [ONNXCase] = (try? Fixture.json("ONNX/expected.json", as: Table.self).cases) ?? []

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Fixture.file("ONNX/\(name).onnx")))
    }

    func bytes() throws -> [UInt8] { try Self.bytes(name) }
    func tensors() -> [String: ONNXTensor] { inputs.compactMapValues(\.tensor) }
}

extension ONNXTensor {
    /// All elements as 64-bit numbers.
    var numbers: [Double] {
        switch elements {
        case .floats(let values): values.map { Double($0) }
        case .doubles(let values): values
        case .integers(let values): values.map { Double($0) }
        case .flags(let values): values.map { $0 ? 1 : 0 }
        }
    }
}
