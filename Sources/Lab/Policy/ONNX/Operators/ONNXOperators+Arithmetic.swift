/// A function of two numbers in the arithmetic that an operator needs.
private protocol PairFunction {
    static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number
    /// Throws `ONNXFault` where the result does not exist; overflow keeps the low bits.
    static func integer(_ a: Int64, _ b: Int64) throws -> Int64
}

private enum Sum: PairFunction {
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number { a + b }
    static func integer(_ a: Int64, _ b: Int64) -> Int64 { a &+ b }
}

private enum Difference: PairFunction {
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number { a - b }
    static func integer(_ a: Int64, _ b: Int64) -> Int64 { a &- b }
}

private enum Product: PairFunction {
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number { a * b }
    static func integer(_ a: Int64, _ b: Int64) -> Int64 { a &* b }
}

private enum Quotient: PairFunction {
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number { a / b }
    static func integer(_ a: Int64, _ b: Int64) throws -> Int64 {
        if b == 0 { throw ONNXFault("it divides by the integer 0") }
        return a.dividedReportingOverflow(by: b).partialValue
    }
}

private enum Power: PairFunction {
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number { .power(a, b) }
    static func integer(_ a: Int64, _ b: Int64) throws -> Int64 {
        if b < 0 { throw ONNXFault("it raises an integer to \(b)") }
        var (result, square, rest) = (Int64(1), a, b)
        while rest > 0 {
            if rest & 1 == 1 { result = result &* square }
            square = square &* square
            rest >>= 1
        }
        return result
    }
}

private enum Smaller: PairFunction {
    /// What is not a number stays so.
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number {
        a < b || a.isNaN ? a : b
    }
    static func integer(_ a: Int64, _ b: Int64) -> Int64 { min(a, b) }
}

private enum Larger: PairFunction {
    /// What is not a number stays so.
    @inline(__always) static func real<Number: RealElement>(_ a: Number, _ b: Number) -> Number {
        a > b || a.isNaN ? a : b
    }
    static func integer(_ a: Int64, _ b: Int64) -> Int64 { max(a, b) }
}

extension ONNXOperators {
    /// Functions of two numbers, element by element; `Min`, `Max` and `Sum` take any number of tensors.
    static let arithmetic: [String: ONNXOperator] = [
        "Add": { [try pair(Sum.self, $0.input(0), $0.input(1))] },
        "Sub": { [try pair(Difference.self, $0.input(0), $0.input(1))] },
        "Mul": { [try pair(Product.self, $0.input(0), $0.input(1))] },
        "Div": { [try pair(Quotient.self, $0.input(0), $0.input(1))] },
        "Pow": { call in
            let base = try call.input(0)
            return [try pair(Power.self, base, cast(call.input(1), to: base.type))]
        },
        "Min": { try folded(Smaller.self, $0) },
        "Max": { try folded(Larger.self, $0) },
        "Sum": { try folded(Sum.self, $0) },
        "Clip": { call in
            var result = try call.input(0)
            if let lowest = call.optional(1) { result = try pair(Larger.self, result, lowest) }
            if let highest = call.optional(2) { result = try pair(Smaller.self, result, highest) }
            return [result]
        },
        "PRelu": { call in
            let x = try call.input(0)
            let negative = try pair(Product.self, x, call.input(1))
            let zero = ONNXTensor(shape: [], [Float(0)])
            let positive = try compare(x, zero, { $0 > $1 }, { $0 > $1 }, { $0 > $1 })
            return [try selected(positive, x, negative)]
        },
    ]

    private static func folded(_ function: (some PairFunction).Type, _ call: ONNXCall) throws -> [ONNXTensor] {
        var result = try call.input(0)
        for index in call.inputs.indices.dropFirst() { result = try pair(function, result, call.input(index)) }
        return [result]
    }

    @inline(never)
    private static func pair<Function: PairFunction>(
        _: Function.Type, _ a: ONNXTensor, _ b: ONNXTensor
    ) throws -> ONNXTensor {
        let shape = try Broadcast.shape([a.shape, b.shape])
        switch (a.elements, b.elements) {
        case (.floats(let x), .floats(let y)):
            let values = Broadcast.combine(x, a.shape, y, b.shape, shape) { Function.real($0, $1) }
            return ONNXTensor(shape: shape, values)
        case (.doubles(let x), .doubles(let y)):
            let values = Broadcast.combine(x, a.shape, y, b.shape, shape) { Function.real($0, $1) }
            return ONNXTensor(shape: shape, type: .double, elements: .doubles(values))
        case (.integers(let x), .integers(let y)) where a.type == b.type:
            var fault: (any Error)?
            let values = Broadcast.combine(x, a.shape, y, b.shape, shape) { x, y in
                do {
                    return a.type.wrapped(try Function.integer(x, y))
                } catch {
                    fault = error
                    return 0
                }
            }
            if let fault { throw fault }
            return ONNXTensor(shape: shape, values, type: a.type)
        default: throw ONNXFault("it cannot take \(a.type.name) and \(b.type.name) together")
        }
    }
}
