/// A dense tensor: a shape and its elements in row-major order.
public struct ONNXTensor: Sendable, Equatable {
    /// Elements by what they are computed as; integers of every width are kept as 64 bits.
    public enum Elements: Sendable, Equatable {
        case floats([Float])
        case doubles([Double])
        case integers([Int64])
        case flags([Bool])
    }

    /// Sides, outermost first; empty for a single number.
    public let shape: [Int]
    public let type: ONNXElementType
    public let elements: Elements

    /// The most elements that a computed tensor may have: 2²⁶, 256 MiB of 32-bit numbers.
    static let largest = 1 << 26

    /// Row-major [shape]; their number must be the product of the sides.
    public init(shape: [Int], _ floats: [Float]) { self.init(shape: shape, type: .float, elements: .floats(floats)) }

    /// The same for truth values.
    public init(shape: [Int], _ flags: [Bool]) { self.init(shape: shape, type: .bool, elements: .flags(flags)) }

    /// The same for integers, of 64 bits unless `type` says otherwise.
    public init(shape: [Int], _ integers: [Int64], type: ONNXElementType = .int64) {
        self.init(shape: shape, type: type, elements: .integers(integers))
    }

    init(shape: [Int], type: ONNXElementType, elements: Elements) {
        precondition(shape.reduce(1, *) == elements.count, "\(elements.count) elements do not fill \(shape)")
        self.shape = shape
        self.type = type
        self.elements = elements
    }

    /// A single 64-bit integer.
    static func scalar(_ value: Int64) -> ONNXTensor { ONNXTensor(shape: [], [value]) }

    public var count: Int { elements.count }
    public var rank: Int { shape.count }

    /// The elements as 32-bit numbers; `nil` where they are something else.
    public var floats: [Float]? { if case .floats(let values) = elements { values } else { nil } }

    /// The elements as integers; `nil` where they are something else.
    public var integers: [Int64]? { if case .integers(let values) = elements { values } else { nil } }

    /// The elements as truth values; `nil` where they are something else.
    public var flags: [Bool]? { if case .flags(let values) = elements { values } else { nil } }

    /// The same elements in another shape of as many.
    func reshaped(_ shape: [Int]) -> ONNXTensor { ONNXTensor(shape: shape, type: type, elements: elements) }
}

extension ONNXTensor.Elements {
    public var count: Int {
        switch self {
        case .floats(let values): values.count
        case .doubles(let values): values.count
        case .integers(let values): values.count
        case .flags(let values): values.count
        }
    }
}
