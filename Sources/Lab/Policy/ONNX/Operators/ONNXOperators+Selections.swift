extension ONNXOperators {
    /// Parts of tensors, and tensors made of parts.
    static let selections: [String: ONNXOperator] = [
        "Concat": concatenation, "Slice": slice, "Gather": gather, "Split": split,
    ]

    private static func concatenation(_ call: ONNXCall) throws -> [ONNXTensor] {
        let parts = try call.inputs.indices.map { try call.input($0) }
        guard let first = parts.first, case .integer(let given)? = call.node.attributes["axis"] else {
            throw ONNXFault("it lacks its axis or its inputs")
        }
        let axis = try call.axis(Int(given), of: first.rank)
        var shape = first.shape
        shape[axis] = 0
        for part in parts {
            guard part.type == first.type, part.rank == first.rank,
                part.shape.indices.allSatisfy({ $0 == axis || part.shape[$0] == first.shape[$0] })
            else {
                throw ONNXFault("\(first.type.name) \(first.shape) and \(part.type.name) \(part.shape) do not join")
            }
            shape[axis] += part.shape[axis]
        }
        try Broadcast.count(shape)
        let whole = try joined(parts)
        let outer = shape[..<axis].reduce(1, *)
        var ranges: [Range<Int>] = []
        for row in 0..<outer {
            var base = 0
            for part in parts {
                let length = part.count / max(outer, 1)
                ranges.append(base + row * length..<base + (row + 1) * length)
                base += part.count
            }
        }
        return [try whole.blocks(shape: shape, ranges)]
    }

    /// The elements of tensors of one type, one tensor behind the other.
    private static func joined(_ parts: [ONNXTensor]) throws -> ONNXTensor {
        let count = parts.reduce(0) { $0 + $1.count }
        let type = parts.first?.type ?? .float
        let elements: ONNXTensor.Elements =
            switch parts.first?.elements {
            case .floats, nil: .floats(parts.flatMap { $0.floats ?? [] })
            case .integers: .integers(parts.flatMap { $0.integers ?? [] })
            case .flags: .flags(parts.flatMap { $0.flags ?? [] })
            case .doubles:
                .doubles(parts.flatMap { if case .doubles(let values) = $0.elements { values } else { [Double]() } })
            }
        return ONNXTensor(shape: [count], type: type, elements: elements)
    }

    /// Elements from `starts` to before `ends` along `axes`, each by its step, which may be negative.
    private static func slice(_ call: ONNXCall) throws -> [ONNXTensor] {
        let x = try call.input()
        let (starts, ends) = (try call.integers(1), try call.integers(2))
        let given = try call.optional(3) == nil ? Array(starts.indices) : call.integers(3)
        let steps = try call.optional(4) == nil ? starts.map { _ in 1 } : call.integers(4)
        guard starts.count == ends.count, starts.count == given.count, starts.count == steps.count else {
            throw ONNXFault("its starts, ends, axes and steps differ in number")
        }
        _ = try call.axes(given, of: x.rank)
        var (shape, strides, offset) = (x.shape, x.contiguousStrides, 0)
        for index in starts.indices {
            let axis = try call.axis(given[index], of: x.rank)
            let (side, step) = (x.shape[axis], steps[index])
            guard step != 0, step.magnitude <= Int32.max else { throw ONNXFault("it takes steps of \(step)") }
            // As NumPy's slices: negative places count from the end, and what is outside is cut off.
            func place(_ given: Int, _ lowest: Int, _ highest: Int) -> Int {
                let counted = given < 0 ? given.addingReportingOverflow(side).partialValue : given
                return max(lowest, min(highest, counted))
            }
            let (low, high) = step > 0 ? (0, side) : (-1, side - 1)
            let start = step > 0 ? place(starts[index], 0, side) : place(starts[index], -1, side - 1)
            let end = place(ends[index], low, high)
            let length = step > 0 ? end - start : start - end
            shape[axis] = max(0, (length + abs(step) - 1) / abs(step))
            offset += start * strides[axis]
            strides[axis] = shape[axis] > 1 ? strides[axis] * step : 0
        }
        return [try x.strided(shape: shape, strides: strides, offset: offset)]
    }

    /// Entries at indices along one axis.
    private static func gather(_ call: ONNXCall) throws -> [ONNXTensor] {
        let (x, indices) = (try call.input(0), try call.input(1))
        let axis = try call.axis(call.integer("axis", default: 0), of: x.rank)
        let side = x.shape[axis]
        let places = try call.integers(1).map { index in
            guard (-side..<side).contains(index) else { throw ONNXFault("its index \(index) is outside of \(side)") }
            return index < 0 ? index + side : index
        }
        let shape = Array(x.shape[..<axis]) + indices.shape + Array(x.shape[(axis + 1)...])
        let count = try Broadcast.count(shape)
        let (outer, inner) = (x.shape[..<axis].reduce(1, *), x.shape[(axis + 1)...].reduce(1, *))
        guard count > 0 else { return [try x.blocks(shape: shape, [])] }
        var ranges: [Range<Int>] = []
        for row in 0..<outer {
            for place in places {
                let start = (row * side + place) * inner
                ranges.append(start..<start + inner)
            }
        }
        return [try x.blocks(shape: shape, ranges)]
    }

    /// Parts along one axis, of given or equal lengths.
    private static func split(_ call: ONNXCall) throws -> [ONNXTensor] {
        let x = try call.input()
        let axis = try call.axis(call.integer("axis", default: 0), of: x.rank)
        let side = x.shape[axis]
        let given: [Int]?
        if call.opset < 13 {
            given = try call.integers("split")
        } else {
            given = try call.optional(1) == nil ? nil : call.integers(1)
        }
        let count = try call.integer("num_outputs", default: call.node.outputs.count)
        guard count > 0, count <= max(side, 1) else { throw ONNXFault("it cuts a side of \(side) into \(count) parts") }
        let length = (side + count - 1) / count
        let lengths = given ?? (0..<count).map { max(0, min(length, side - $0 * length)) }
        guard lengths.allSatisfy({ (0...side).contains($0) }), lengths.count == call.node.outputs.count,
            lengths.reduce(0, +) == side
        else { throw ONNXFault("its parts \(lengths) do not make up a side of \(side)") }
        var start = 0
        return try lengths.map { length in
            var shape = x.shape
            shape[axis] = length
            let strides = x.contiguousStrides
            defer { start += length }
            return try x.strided(shape: shape, strides: strides, offset: start * strides[axis])
        }
    }
}
