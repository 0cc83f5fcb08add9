import LabStorage

extension ONNXTensor {
    /// A tensor of a file with its name.
    static func read(_ message: ProtocolBufferReader) throws -> (name: String, tensor: ONNXTensor) {
        var parts = TensorParts()
        var reader = message
        while let field = try reader.next() { try parts.take(field, of: reader) }
        return (parts.name, try parts.tensor(reader))
    }
}

/// The fields of a `TensorProto`, which keeps its elements as raw bytes or in the one of five fields that suits the type.
private struct TensorParts {
    var name = ""
    var sides: [Int64] = []
    var type: Int64 = 0
    var floats: [Float] = []
    var doubles: [Double] = []
    /// Of the fields for 32 and 64 bits and for unsigned numbers.
    var integers: [Int64] = []
    var raw: ArraySlice<UInt8>?
    var isExternal = false

    mutating func take(_ field: ProtocolBufferReader.Field, of reader: ProtocolBufferReader) throws {
        switch field.number {
        case 1: try reader.append(field, to: &sides)
        case 2: type = try reader.integer(field)
        case 3: throw PolicyError.unsuitableModel(file: reader.file, reason: "a tensor is stored in parts", remedy: fix)
        case 4: try reader.append(field, to: &floats)
        case 5, 7, 11: try reader.append(field, to: &integers)
        case 8: name = try reader.text(field)
        case 9: raw = try reader.bytes(field)
        case 10: try reader.append(field, to: &doubles)
        case 13: isExternal = true
        case 14: if try reader.integer(field) == 1 { isExternal = true }
        default: break
        }
    }

    private var fix: String { "save it with all weights in the one file" }

    func tensor(_ reader: ProtocolBufferReader) throws -> ONNXTensor {
        if isExternal {
            throw PolicyError.unsuitableModel(
                file: reader.file, reason: "the weights '\(name)' lie in another file",
                remedy: fix + ": onnx.save(model, path, save_as_external_data=False)")
        }
        guard let type = ONNXElementType(rawValue: Int(truncatingIfNeeded: type)) else {
            throw PolicyError.unsuitableModel(
                file: reader.file,
                reason: "'\(name)' is of \(ONNXElementType.name(of: Int(truncatingIfNeeded: type)))",
                remedy: "convert the weights to float32 before exporting")
        }
        // A side of 0 counts as 1, so that distances between elements cannot grow beyond measure either.
        var extent = 1
        for side in sides {
            let (product, overflow) = extent.multipliedReportingOverflow(by: max(Int(side), 1))
            guard side >= 0, !overflow, product <= 1 << 31, sides.count <= 16 else {
                throw reader.damaged("the shape \(sides) of '\(name)' is impossible")
            }
            extent = product
        }
        let count = sides.contains(0) ? 0 : extent
        guard let elements = raw.map({ self.elements(type, $0) }) ?? elements(type), elements.count == count else {
            throw reader.damaged("the data of '\(name)' do not fill \(sides) numbers of \(type.name)")
        }
        return ONNXTensor(shape: sides.map { Int($0) }, type: type, elements: elements)
    }

    private func elements(_ type: ONNXElementType, _ raw: ArraySlice<UInt8>) -> ONNXTensor.Elements? {
        func integers<Number: FixedWidthInteger>(_: Number.Type) -> ONNXTensor.Elements? {
            ProtocolBufferReader.elements(raw, of: Number.self).map { .integers($0.map { Int64($0) }) }
        }
        return switch type {
        case .float: ProtocolBufferReader.floats(raw).map { .floats($0) }
        case .double: ProtocolBufferReader.doubles(raw).map { .doubles($0) }
        case .bool: .flags(raw.map { $0 != 0 })
        case .uint8: integers(UInt8.self)
        case .int8: integers(Int8.self)
        case .uint16: integers(UInt16.self)
        case .int16: integers(Int16.self)
        case .int32: integers(Int32.self)
        case .uint32: integers(UInt32.self)
        case .int64: integers(Int64.self)
        }
    }

    private func elements(_ type: ONNXElementType) -> ONNXTensor.Elements? {
        switch type {
        case .float: .floats(floats)
        case .double: .doubles(doubles)
        case .bool: .flags(integers.map { $0 != 0 })
        default: .integers(integers.map(type.wrapped))
        }
    }
}
