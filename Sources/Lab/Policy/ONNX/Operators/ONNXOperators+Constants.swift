extension ONNXOperators {
    /// Values that come from the graph itself, and changes of type.
    static let constants: [String: ONNXOperator] = [
        "Constant": constant,
        "ConstantOfShape": { call in
            let shape = try call.integers(0)
            let one: ONNXTensor =
                switch call.node.attributes["value"] {
                case .tensor(let value): value
                case nil: ONNXTensor(shape: [1], [Float(0)])
                default: throw ONNXFault("its value is no tensor")
                }
            guard one.count == 1 else { throw ONNXFault("its value has \(one.count) elements, not one") }
            return [try one.strided(shape: shape, strides: shape.map { _ in 0 })]
        },
        "Cast": { call in
            let number = try call.integer("to", default: 0)
            guard let type = ONNXElementType(rawValue: number) else {
                throw ONNXFault("it makes \(ONNXElementType.name(of: number)), which is not computed")
            }
            return [try cast(call.input(), to: type)]
        },
        "CastLike": { [try cast($0.input(0), to: $0.input(1).type)] },
    ]

    private static func constant(_ call: ONNXCall) throws -> [ONNXTensor] {
        for (name, value) in call.node.attributes {
            switch (name, value) {
            case ("value", .tensor(let tensor)): return [tensor]
            case ("value_float", .float(let value)): return [ONNXTensor(shape: [], [value])]
            case ("value_floats", .floats(let values)): return [ONNXTensor(shape: [values.count], values)]
            case ("value_int", .integer(let value)): return [.scalar(value)]
            case ("value_ints", .integers(let values)): return [ONNXTensor(shape: [values.count], values)]
            default: continue
            }
        }
        throw ONNXFault("its value is none of numbers")
    }

    /// The tensor in another type: numbers are cut towards 0, and true where they are not 0.
    static func cast(_ x: ONNXTensor, to type: ONNXElementType) throws -> ONNXTensor {
        if x.type == type { return x }
        func whole(_ value: Double) -> Int64 {
            // What no integer holds has no defined result in the standard; here it is the nearest, and 0 for NaN.
            if value.isNaN { return 0 }
            return value >= 0x1p63 ? .max : value < -0x1p63 ? .min : Int64(value)
        }
        let elements: ONNXTensor.Elements
        switch type {
        case .float:
            elements =
                switch x.elements {
                case .floats(let values): .floats(values)
                case .doubles(let values): .floats(values.map { Float($0) })
                case .integers(let values): .floats(values.map { Float($0) })
                case .flags(let values): .floats(values.map { $0 ? 1 : 0 })
                }
        case .double:
            elements =
                switch x.elements {
                case .floats(let values): .doubles(values.map { Double($0) })
                case .doubles(let values): .doubles(values)
                case .integers(let values): .doubles(values.map { Double($0) })
                case .flags(let values): .doubles(values.map { $0 ? 1 : 0 })
                }
        case .bool:
            elements =
                switch x.elements {
                case .floats(let values): .flags(values.map { $0 != 0 })
                case .doubles(let values): .flags(values.map { $0 != 0 })
                case .integers(let values): .flags(values.map { $0 != 0 })
                case .flags(let values): .flags(values)
                }
        default:
            elements =
                switch x.elements {
                case .floats(let values): .integers(values.map { type.wrapped(whole(Double($0))) })
                case .doubles(let values): .integers(values.map { type.wrapped(whole($0)) })
                case .integers(let values): .integers(values.map(type.wrapped))
                case .flags(let values): .integers(values.map { $0 ? 1 : 0 })
                }
        }
        return ONNXTensor(shape: x.shape, type: type, elements: elements)
    }
}
