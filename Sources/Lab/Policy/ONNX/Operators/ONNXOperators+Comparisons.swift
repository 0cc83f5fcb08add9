extension ONNXOperators {
    /// Comparisons and logic, element by element.
    static let comparisons: [String: ONNXOperator] = [
        "Greater": { [try compare($0.input(0), $0.input(1), { $0 > $1 }, { $0 > $1 }, { $0 > $1 })] },
        "GreaterOrEqual": { [try compare($0.input(0), $0.input(1), { $0 >= $1 }, { $0 >= $1 }, { $0 >= $1 })] },
        "Less": { [try compare($0.input(0), $0.input(1), { $0 < $1 }, { $0 < $1 }, { $0 < $1 })] },
        "LessOrEqual": { [try compare($0.input(0), $0.input(1), { $0 <= $1 }, { $0 <= $1 }, { $0 <= $1 })] },
        "Equal": { call in
            let (a, b) = (try call.input(0), try call.input(1))
            if a.flags != nil { return [try logic(a, b) { $0 == $1 }] }
            return [try compare(a, b, { $0 == $1 }, { $0 == $1 }, { $0 == $1 })]
        },
        "And": { [try logic($0.input(0), $0.input(1)) { $0 && $1 }] },
        "Or": { [try logic($0.input(0), $0.input(1)) { $0 || $1 }] },
        "Xor": { [try logic($0.input(0), $0.input(1)) { $0 != $1 }] },
        "Not": { call in
            let x = try call.input()
            guard let flags = x.flags else { throw ONNXFault("it takes truth values, not \(x.type.name)") }
            return [ONNXTensor(shape: x.shape, flags.map { !$0 })]
        },
        "IsNaN": { call in
            let x = try call.input()
            return [ONNXTensor(shape: x.shape, try call.floats().map(\.isNaN))]
        },
        "Where": { [try selected($0.input(0), $0.input(1), $0.input(2))] },
    ]

    /// Truth values of a comparison of two tensors of one type.
    static func compare(
        _ a: ONNXTensor, _ b: ONNXTensor, _ floats: (Float, Float) -> Bool, _ doubles: (Double, Double) -> Bool,
        _ integers: (Int64, Int64) -> Bool
    ) throws -> ONNXTensor {
        let shape = try Broadcast.shape([a.shape, b.shape])
        let values: [Bool]
        switch (a.elements, b.elements) {
        case (.floats(let x), .floats(let y)): values = Broadcast.combine(x, a.shape, y, b.shape, shape, floats)
        case (.doubles(let x), .doubles(let y)): values = Broadcast.combine(x, a.shape, y, b.shape, shape, doubles)
        case (.integers(let x), .integers(let y)): values = Broadcast.combine(x, a.shape, y, b.shape, shape, integers)
        default: throw ONNXFault("it cannot compare \(a.type.name) with \(b.type.name)")
        }
        return ONNXTensor(shape: shape, values)
    }

    private static func logic(
        _ a: ONNXTensor, _ b: ONNXTensor, _ function: (Bool, Bool) -> Bool
    ) throws -> ONNXTensor {
        guard let x = a.flags, let y = b.flags else {
            throw ONNXFault("it takes truth values, not \(a.type.name) and \(b.type.name)")
        }
        let shape = try Broadcast.shape([a.shape, b.shape])
        return ONNXTensor(shape: shape, Broadcast.combine(x, a.shape, y, b.shape, shape, function))
    }

    /// Elements of `a` where the condition holds, else of `b`.
    static func selected(_ condition: ONNXTensor, _ a: ONNXTensor, _ b: ONNXTensor) throws -> ONNXTensor {
        guard condition.flags != nil, a.type == b.type else {
            throw ONNXFault("it cannot choose between \(a.type.name) and \(b.type.name) by \(condition.type.name)")
        }
        let shape = try Broadcast.shape([condition.shape, a.shape, b.shape])
        let flags = try condition.expanded(to: shape).flags ?? []
        let (a, b) = (try a.expanded(to: shape), try b.expanded(to: shape))
        func choose<Element>(_ x: [Element], _ y: [Element]) -> [Element] {
            flags.indices.map { flags[$0] ? x[$0] : y[$0] }
        }
        let elements: ONNXTensor.Elements =
            switch (a.elements, b.elements) {
            case (.floats(let x), .floats(let y)): .floats(choose(x, y))
            case (.doubles(let x), .doubles(let y)): .doubles(choose(x, y))
            case (.integers(let x), .integers(let y)): .integers(choose(x, y))
            case (.flags(let x), .flags(let y)): .flags(choose(x, y))
            default: throw ONNXFault("its inputs differ in type")
            }
        return ONNXTensor(shape: shape, type: a.type, elements: elements)
    }
}
