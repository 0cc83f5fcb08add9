public import Foundation
import LabStorage

extension ONNXModel {
    /// The bytes of the model's file; equal models give equal bytes.
    public func encoded() -> Data {
        var message = ProtocolBuffer()
        message.add(1, integer: Int(irVersion))
        message.add(2, text: producer)
        message.add(7, message: graph.message)
        var operators = ProtocolBuffer()
        operators.add(1, text: "")
        operators.add(2, integer: opset)
        message.add(8, message: operators)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            var entry = ProtocolBuffer()
            entry.add(1, text: key)
            entry.add(2, text: value)
            message.add(14, message: entry)
        }
        return Data(message.bytes)
    }

    /// Writes the model to a file; throws `StorageError`, and leaves what was there where it cannot.
    public func write(to url: URL) throws { try AtomicFile.write(encoded(), to: url) }
}

extension ONNXGraph {
    fileprivate var message: ProtocolBuffer {
        var message = ProtocolBuffer()
        for node in nodes { message.add(1, message: node.message) }
        message.add(2, text: name)
        for (name, tensor) in initialisers { message.add(5, message: tensor.message(name)) }
        for input in inputs { message.add(11, message: input.message) }
        for output in outputs { message.add(12, message: output.message) }
        return message
    }
}

extension ONNXNode {
    fileprivate var message: ProtocolBuffer {
        var message = ProtocolBuffer()
        for input in inputs { message.add(1, text: input) }
        for output in outputs { message.add(2, text: output) }
        message.add(3, text: name)
        message.add(4, text: type)
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { message.add(5, message: value.message(name)) }
        if !domain.isEmpty { message.add(7, text: domain) }
        return message
    }
}

extension ONNXAttribute {
    fileprivate func message(_ name: String) -> ProtocolBuffer {
        var message = ProtocolBuffer()
        message.add(1, text: name)
        let kind: Kind
        switch self {
        case .float(let value):
            message.add(2, float: value)
            kind = .float
        case .integer(let value):
            message.add(3, integer: Int(value))
            kind = .integer
        case .text(let value):
            message.add(4, text: value)
            kind = .text
        case .tensor(let value):
            message.add(5, message: value.message(""))
            kind = .tensor
        case .floats(let values):
            for value in values { message.add(7, float: value) }
            kind = .floats
        case .integers(let values):
            for value in values { message.add(8, integer: Int(value)) }
            kind = .integers
        case .other: kind = .graph
        }
        message.add(20, integer: Int(kind.rawValue))
        return message
    }
}

extension ONNXTensor {
    fileprivate func message(_ name: String) -> ProtocolBuffer {
        var message = ProtocolBuffer()
        message.add(1, packed: shape.map { Int64($0) })
        message.add(2, integer: type.rawValue)
        message.add(8, text: name)
        message.add(9, bytes: bytes)
        return message
    }

    /// Little-endian, as `raw_data` has them.
    private var bytes: [UInt8] {
        func integers<Number: FixedWidthInteger>(_ values: [Int64], _: Number.Type) -> [UInt8] {
            values.map { Number(truncatingIfNeeded: $0) }.withUnsafeBytes { [UInt8]($0) }
        }
        switch elements {
        case .floats(let values): return values.withUnsafeBytes { [UInt8]($0) }
        case .doubles(let values): return values.withUnsafeBytes { [UInt8]($0) }
        case .flags(let values): return values.map { $0 ? 1 : 0 }
        case .integers(let values):
            return switch type {
            case .uint8, .int8: integers(values, UInt8.self)
            case .uint16, .int16: integers(values, UInt16.self)
            case .uint32, .int32: integers(values, UInt32.self)
            default: integers(values, UInt64.self)
            }
        }
    }
}

extension ONNXValueInfo {
    fileprivate var message: ProtocolBuffer {
        var tensor = ProtocolBuffer()
        if let type { tensor.add(1, integer: type.rawValue) }
        if let shape {
            var sides = ProtocolBuffer()
            for dimension in shape {
                var side = ProtocolBuffer()
                switch dimension {
                case .fixed(let value): side.add(1, integer: value)
                case .free(let name): if !name.isEmpty { side.add(2, text: name) }
                }
                sides.add(1, message: side)
            }
            tensor.add(2, message: sides)
        }
        var kind = ProtocolBuffer()
        kind.add(1, message: tensor)
        var message = ProtocolBuffer()
        message.add(1, text: name)
        message.add(2, message: kind)
        return message
    }
}
