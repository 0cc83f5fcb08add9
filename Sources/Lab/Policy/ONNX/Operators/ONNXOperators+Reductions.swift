import Foundation

extension ONNXOperators {
    /// One number of many, along axes.
    static let reductions: [String: ONNXOperator] = [
        "ReduceSum": { try reduce($0, axesAreInputSince: 13) { $0.sum } },
        "ReduceMean": { try reduce($0) { $0.sum / Double($0.count) } },
        "ReduceMax": { try reduce($0) { $0.extreme { $0 > $1 } } },
        "ReduceMin": { try reduce($0) { $0.extreme { $0 < $1 } } },
        "ReduceProd": { try reduce($0) { $0.reduce(1) { $0 * Double($1) } } },
        "ReduceL1": { try reduce($0) { $0.reduce(0) { $0 + abs(Double($1)) } } },
        "ReduceL2": { try reduce($0) { $0.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() } },
        "ReduceSumSquare": { try reduce($0) { $0.reduce(0) { $0 + Double($1) * Double($1) } } },
        "ReduceLogSumExp": { call in
            try reduce(call) { row in
                let largest = row.extreme { $0 > $1 }
                guard largest.isFinite else { return largest }
                return largest + log(row.reduce(0) { $0 + exp(Double($1) - largest) })
            }
        },
        "ArgMax": { try position($0) { $0 > $1 } },
        "ArgMin": { try position($0) { $0 < $1 } },
    ]

    /// Sums are made in 64 bits and rounded once.
    private static func reduce(
        _ call: ONNXCall, axesAreInputSince opset: Int = 18, _ function: (ArraySlice<Float>) -> Double
    ) throws -> [ONNXTensor] {
        let x = try call.input()
        let given: [Int]?
        if call.opset >= opset {
            given = try call.optional(1) == nil ? nil : call.integers(1)
        } else {
            given = try call.integers("axes")
        }
        if given?.isEmpty ?? true, try call.integer("noop_with_empty_axes", default: 0) != 0 { return [x] }
        let axes = try call.axes(given.flatMap { $0.isEmpty ? nil : $0 } ?? Array(x.shape.indices), of: x.rank)
        let keeps = try call.integer("keepdims", default: 1) != 0
        let shape = x.shape.indices.compactMap { axes.contains($0) ? (keeps ? 1 : nil) : x.shape[$0] }
        let width = axes.reduce(1) { $0 * x.shape[$1] }
        let count = shape.reduce(1, *)
        guard width > 0 || count == 0 else { throw ONNXFault("it reduces \(x.shape), which is empty") }
        if let integers = x.integers {
            // Indices and counts; 64 bits of a Double hold those that networks have.
            guard integers.allSatisfy({ $0.magnitude < 1 << 24 }), width < 1 << 24 else {
                throw ONNXFault("it reduces integers too large for that")
            }
            let moved = try ONNXTensor(shape: x.shape, integers.map { Float($0) }).movingLast(axes).tensor.floats ?? []
            let results = rows(moved, width, count) { Int64(function($0).rounded(.towardZero)) }
            return [ONNXTensor(shape: shape, results, type: x.type)]
        }
        _ = try call.floats()
        let moved = try x.movingLast(axes).tensor.floats ?? []
        return [ONNXTensor(shape: shape, rows(moved, width, count) { Float(function($0)) })]
    }

    private static func rows<Element>(
        _ values: [Float], _ width: Int, _ count: Int, _ function: (ArraySlice<Float>) -> Element
    ) -> [Element] {
        (0..<count).map { function(values[$0 * width..<($0 + 1) * width]) }
    }

    /// The place of the largest or smallest along one axis.
    private static func position(_ call: ONNXCall, _ isBetter: (Float, Float) -> Bool) throws -> [ONNXTensor] {
        let x = try call.input()
        let axis = try call.axis(call.integer("axis", default: 0), of: x.rank)
        let takesLast = try call.integer("select_last_index", default: 0) != 0
        let keeps = try call.integer("keepdims", default: 1) != 0
        var shape = x.shape
        let width = shape[axis]
        if keeps { shape[axis] = 1 } else { shape.remove(at: axis) }
        guard width > 0 || x.count == 0, shape.reduce(1, *) == 0 || width > 0 else {
            throw ONNXFault("it looks for the best of nothing")
        }
        let values = try x.movingLast([axis]).tensor
        guard let floats = values.floats ?? values.integers?.map({ Float($0) }) else {
            throw ONNXFault("it takes numbers, not \(x.type.name)")
        }
        let places = rows(floats, width, shape.reduce(1, *)) { row in
            var best = row.startIndex
            for place in row.indices.dropFirst() {
                if isBetter(row[place], row[best]) || (takesLast && row[place] == row[best]) { best = place }
            }
            return Int64(best - row.startIndex)
        }
        return [ONNXTensor(shape: shape, places)]
    }
}

extension ArraySlice<Float> {
    fileprivate var sum: Double { reduce(0) { $0 + Double($1) } }

    /// The element that is better than all others; what is not a number wins.
    fileprivate func extreme(_ isBetter: (Float, Float) -> Bool) -> Double {
        guard var best = first else { return .nan }
        for value in self where isBetter(value, best) || value.isNaN { best = value }
        return Double(best)
    }
}
