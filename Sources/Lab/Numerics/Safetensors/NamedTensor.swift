public import Foundation

/// A tensor to be written to a safetensors file.
public struct NamedTensor: Sendable, Equatable {
    public let name: String
    public let type: TensorType
    /// Sides, outermost first; empty for a single number.
    public let shape: [Int]
    /// Row-major, little-endian.
    public let bytes: Data

    /// A tensor of `elements` in row-major order; their number is the product of `shape`.
    public init<Element: TensorElement>(_ name: String, shape: [Int], _ elements: [Element]) {
        precondition(shape.reduce(1, *) == elements.count, "\(elements.count) elements do not fill \(shape)")
        self.name = name
        type = Element.tensorType
        self.shape = shape
        bytes = elements.withUnsafeBytes { Data($0) }
    }

    /// A matrix as an F32 tensor [rows, columns].
    public init(_ name: String, _ matrix: Matrix) {
        self.init(name, shape: [matrix.rows, matrix.columns], matrix.elements)
    }
}
