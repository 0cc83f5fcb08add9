extension ONNXTensor {
    /// A tensor of the given shape whose elements lie in this one at `offset` and `strides`.
    ///
    /// The caller has checked that all of them lie inside; strides may be 0 or negative.
    func strided(shape: [Int], strides: [Int], offset: Int = 0) throws -> ONNXTensor {
        let count = try Broadcast.count(shape)
        let gathered: Elements =
            switch elements {
            case .floats(let source): .floats(Self.copy(source, count, shape, strides, offset))
            case .doubles(let source): .doubles(Self.copy(source, count, shape, strides, offset))
            case .integers(let source): .integers(Self.copy(source, count, shape, strides, offset))
            case .flags(let source): .flags(Self.copy(source, count, shape, strides, offset))
            }
        return ONNXTensor(shape: shape, type: type, elements: gathered)
    }

    private static func copy<Element>(
        _ source: [Element], _ count: Int, _ shape: [Int], _ strides: [Int], _ offset: Int
    ) -> [Element] {
        var result: [Element] = []
        guard count > 0 else { return result }
        result.reserveCapacity(count)
        let (length, step) = (shape.last ?? 1, strides.last ?? 0)
        var places = Odometer(Array(shape.dropLast()), [strides], offsets: [offset])
        for _ in 0..<count / length {
            let start = places.offsets[0]
            if step == 1 {
                result += source[start..<start + length]
            } else {
                for index in 0..<length { result.append(source[start + index * step]) }
            }
            places.advance()
        }
        return result
    }

    /// A tensor of the given shape made of runs of elements of this one, one behind the other.
    func blocks(shape: [Int], _ ranges: [Range<Int>]) throws -> ONNXTensor {
        try Broadcast.count(shape)
        func gather<Element>(_ source: [Element]) -> [Element] {
            var result: [Element] = []
            result.reserveCapacity(shape.reduce(1, *))
            for range in ranges { result += source[range] }
            return result
        }
        let gathered: Elements =
            switch elements {
            case .floats(let source): .floats(gather(source))
            case .doubles(let source): .doubles(gather(source))
            case .integers(let source): .integers(gather(source))
            case .flags(let source): .flags(gather(source))
            }
        return ONNXTensor(shape: shape, type: type, elements: gathered)
    }

    /// The tensor in the larger shape that broadcasting gives it.
    func expanded(to shape: [Int]) throws -> ONNXTensor {
        shape == self.shape ? self : try strided(shape: shape, strides: Broadcast.strides(self.shape, in: shape))
    }

    /// The tensor with its sides in another order.
    func transposed(_ order: [Int]) throws -> ONNXTensor {
        if order == Array(order.indices) { return self }
        let strides = contiguousStrides
        return try strided(shape: order.map { shape[$0] }, strides: order.map { strides[$0] })
    }

    /// How far apart neighbours along each side lie.
    var contiguousStrides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for side in shape.indices.dropLast().reversed() { strides[side] = strides[side + 1] * shape[side + 1] }
        return strides
    }

    /// The tensor with the given axes moved behind the others, and the order that moves them back.
    func movingLast(_ axes: [Int]) throws -> (tensor: ONNXTensor, back: [Int]) {
        let order = shape.indices.filter { !axes.contains($0) } + axes
        var back = [Int](repeating: 0, count: rank)
        for (place, side) in order.enumerated() { back[side] = place }
        return (try transposed(order), back)
    }
}
