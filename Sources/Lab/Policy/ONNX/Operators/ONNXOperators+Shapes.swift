extension ONNXOperators {
    /// The same elements in another shape or order.
    static let shapes: [String: ONNXOperator] = [
        "Reshape": { call in
            let x = try call.input()
            return [x.reshaped(try target(call, of: x))]
        },
        "Flatten": { call in
            let x = try call.input()
            let axis = try call.integer("axis", default: 1)
            guard (-x.rank...x.rank).contains(axis) else {
                throw ONNXFault("its axis \(axis) is outside of \(x.shape)")
            }
            let place = axis < 0 ? axis + x.rank : axis
            return [x.reshaped([x.shape[..<place].reduce(1, *), x.shape[place...].reduce(1, *)])]
        },
        "Squeeze": { call in
            let x = try call.input()
            let axes: [Int]
            if let given = try givenAxes(call) {
                axes = try call.axes(given, of: x.rank)
                guard axes.allSatisfy({ x.shape[$0] == 1 }) else {
                    throw ONNXFault("it removes axes \(axes) of \(x.shape), which are not all 1")
                }
            } else {
                axes = x.shape.indices.filter { x.shape[$0] == 1 }
            }
            return [x.reshaped(x.shape.indices.filter { !axes.contains($0) }.map { x.shape[$0] })]
        },
        "Unsqueeze": { call in
            let x = try call.input()
            guard let given = try givenAxes(call) else { throw ONNXFault("it lacks its axes") }
            let rank = x.rank + given.count
            let axes = try call.axes(given, of: rank)
            var sides = x.shape.makeIterator()
            return [x.reshaped((0..<rank).map { axes.contains($0) ? 1 : sides.next() ?? 1 })]
        },
        "Transpose": { call in
            let x = try call.input()
            let order = try call.integers("perm") ?? x.shape.indices.reversed()
            guard order.sorted() == Array(x.shape.indices) else {
                throw ONNXFault("its order \(order) is none of the sides of \(x.shape)")
            }
            return [try x.transposed(order)]
        },
        "Expand": { call in
            let x = try call.input()
            return [try x.expanded(to: Broadcast.shape([x.shape, call.integers(1)]))]
        },
        "Identity": { [try $0.input()] },
        "Shape": { call in
            let shape = try call.input().shape
            func place(_ given: Int) -> Int { max(0, min(shape.count, given < 0 ? given + shape.count : given)) }
            let start = place(try call.integer("start", default: 0))
            let end = place(try call.integer("end", default: shape.count))
            let sides = start < end ? shape[start..<end].map { Int64($0) } : []
            return [ONNXTensor(shape: [sides.count], sides)]
        },
        "Size": { [.scalar(Int64(try $0.input().count))] },
    ]

    /// Axes, an attribute before opset 13 and an input since.
    private static func givenAxes(_ call: ONNXCall) throws -> [Int]? {
        if call.opset < 13 { return try call.integers("axes") }
        return try call.optional(1) == nil ? nil : call.integers(1)
    }

    /// The shape that `Reshape` asks for: 0 keeps a side unless `allowzero`, −1 takes what is left.
    private static func target(_ call: ONNXCall, of x: ONNXTensor) throws -> [Int] {
        let asked = try call.integers(1)
        var shape = asked
        let keepsZero = try call.integer("allowzero", default: 0) != 0
        for (place, side) in asked.enumerated() where side == 0 && !keepsZero {
            guard place < x.rank else { throw ONNXFault("it keeps a side that \(x.shape) has not") }
            shape[place] = x.shape[place]
        }
        func refuse() -> ONNXFault { ONNXFault("\(x.shape) cannot take the shape \(asked)") }
        if let open = shape.firstIndex(of: -1) {
            shape[open] = 1
            let rest = try Broadcast.count(shape)
            guard rest > 0, x.count.isMultiple(of: rest) else { throw refuse() }
            shape[open] = x.count / rest
        }
        guard shape.allSatisfy({ $0 >= 0 }), try Broadcast.count(shape) == x.count else { throw refuse() }
        return shape
    }
}
