import LabStorage

extension ONNXGraph {
    init(_ message: ProtocolBufferReader) throws {
        var reader = message
        self.init(name: "")
        while let field = try reader.next() {
            switch field.number {
            case 1: nodes.append(try ONNXNode(reader.message(field)))
            case 2: name = try reader.text(field)
            case 5: initialisers.append(try ONNXTensor.read(reader.message(field)))
            case 11: inputs.append(try ONNXValueInfo(reader.message(field)))
            case 12: outputs.append(try ONNXValueInfo(reader.message(field)))
            case 15:
                throw PolicyError.unsuitableModel(
                    file: reader.file, reason: "it has sparse weights", remedy: "export it with dense weights")
            default: break
            }
        }
    }
}

extension ONNXNode {
    init(_ message: ProtocolBufferReader) throws {
        var reader = message
        var (type, name, domain) = ("", "", "")
        var (inputs, outputs) = ([String](), [String]())
        var attributes: [String: ONNXAttribute] = [:]
        while let field = try reader.next() {
            switch field.number {
            case 1: inputs.append(try reader.text(field))
            case 2: outputs.append(try reader.text(field))
            case 3: name = try reader.text(field)
            case 4: type = try reader.text(field)
            case 5:
                let (name, value) = try ONNXAttribute.read(reader.message(field))
                attributes[name] = value
            case 7: domain = try reader.text(field)
            default: break
            }
        }
        self.init(
            type, name: name, domain: domain == "ai.onnx" ? "" : domain, inputs: inputs, outputs: outputs,
            attributes: attributes)
    }
}

extension ONNXAttribute {
    /// The kinds of `AttributeProto.AttributeType`.
    enum Kind: Int64 {
        case float = 1
        case integer, text, tensor, graph, floats, integers
    }

    static func read(_ message: ProtocolBufferReader) throws -> (name: String, value: ONNXAttribute) {
        var reader = message
        var (name, kind) = ("", Int64(0))
        var (float, integer, text) = (Float(0), Int64(0), "")
        var (floats, integers) = ([Float](), [Int64]())
        var tensor: ONNXTensor?
        while let field = try reader.next() {
            switch field.number {
            case 1: name = try reader.text(field)
            case 2: float = try reader.float(field)
            case 3: integer = try reader.integer(field)
            case 4: text = String(decoding: try reader.bytes(field), as: UTF8.self)
            case 5: tensor = try ONNXTensor.read(reader.message(field)).tensor
            case 7: try reader.append(field, to: &floats)
            case 8: try reader.append(field, to: &integers)
            case 20: kind = try reader.integer(field)
            default: break
            }
        }
        switch Kind(rawValue: kind) {
        case .float: return (name, .float(float))
        case .integer: return (name, .integer(integer))
        case .text: return (name, .text(text))
        case .tensor:
            guard let tensor else { throw reader.damaged("the attribute '\(name)' lacks its tensor") }
            return (name, .tensor(tensor))
        case .floats: return (name, .floats(floats))
        case .integers: return (name, .integers(integers))
        case .graph, nil: return (name, .other)
        }
    }
}

extension ONNXValueInfo {
    init(_ message: ProtocolBufferReader) throws {
        var reader = message
        var name = ""
        var type: ONNXElementType?
        var shape: [ONNXDimension]?
        while let field = try reader.next() {
            if field.number == 1 { name = try reader.text(field) }
            guard field.number == 2 else { continue }
            var kinds = try reader.message(field)
            // Field 1 is a tensor; sequences, maps and the rest stay without type.
            while let kind = try kinds.next() {
                guard kind.number == 1 else { continue }
                var tensor = try kinds.message(kind)
                while let part = try tensor.next() {
                    switch part.number {
                    case 1: type = ONNXElementType(rawValue: Int(truncatingIfNeeded: try tensor.integer(part)))
                    case 2: shape = try Self.shape(tensor.message(part))
                    default: break
                    }
                }
            }
        }
        self.init(name, type, shape: shape)
    }

    private static func shape(_ message: ProtocolBufferReader) throws -> [ONNXDimension] {
        var reader = message
        var shape: [ONNXDimension] = []
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            var side = try reader.message(field)
            var dimension = ONNXDimension.free("")
            while let part = try side.next() {
                switch part.number {
                case 1:
                    let value = try side.integer(part)
                    guard (0...Int64(Int32.max)).contains(value) else { throw side.damaged("a side is \(value)") }
                    dimension = .fixed(Int(value))
                case 2: dimension = .free(try side.text(part))
                default: break
                }
            }
            shape.append(dimension)
        }
        return shape
    }
}
