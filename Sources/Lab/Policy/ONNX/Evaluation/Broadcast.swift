/// How two tensors of different shapes are combined: sides of 1 are repeated, missing ones count as 1.
///
/// Source: https://onnx.ai/onnx/repo-docs/Broadcasting.html.
enum Broadcast {
    /// The shape in which all fit.
    static func shape(_ shapes: [[Int]]) throws -> [Int] {
        let rank = shapes.map(\.count).max() ?? 0
        var result = [Int](repeating: 1, count: rank)
        for shape in shapes {
            for (offset, side) in shape.enumerated() where side != 1 {
                let place = rank - shape.count + offset
                guard result[place] == 1 || result[place] == side else {
                    throw ONNXFault("shapes \(shapes.map(\.description).joined(separator: " and ")) do not fit")
                }
                result[place] = side
            }
        }
        _ = try count(result)
        return result
    }

    /// The elements of a shape; throws where they are more than a computed tensor may have.
    @discardableResult
    static func count(_ shape: [Int]) throws -> Int {
        // A side of 0 counts as 1, so that distances between elements cannot grow beyond measure either.
        var extent = 1
        for side in shape {
            let (product, overflow) = extent.multipliedReportingOverflow(by: max(side, 1))
            guard side >= 0, !overflow, product <= ONNXTensor.largest else {
                throw ONNXFault("its result of shape \(shape) has more than \(ONNXTensor.largest) elements")
            }
            extent = product
        }
        return shape.contains(0) ? 0 : extent
    }

    /// How far apart neighbours along each side of `result` lie in a tensor of `shape`: 0 where it is repeated.
    static func strides(_ shape: [Int], in result: [Int]) -> [Int] {
        var strides = [Int](repeating: 0, count: result.count)
        var step = 1
        for offset in shape.indices.reversed() {
            if shape[offset] != 1 { strides[result.count - shape.count + offset] = step }
            step *= shape[offset]
        }
        return strides
    }

    /// function(a, b) for all elements of `shape`, in which both must fit.
    @inline(__always)
    static func combine<A, B, Result>(
        _ a: [A], _ aShape: [Int], _ b: [B], _ bShape: [Int], _ shape: [Int], _ function: (A, B) -> Result
    ) -> [Result] {
        let count = shape.reduce(1, *)
        guard count > 0 else { return [] }
        let (aStrides, bStrides) = (strides(aShape, in: shape), strides(bShape, in: shape))
        let (length, outer, aStep, bStep) = run(aStrides, bStrides, shape)
        return [Result](unsafeUninitializedCapacity: count) { target, initialised in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    guard let a = a.baseAddress, let b = b.baseAddress, let target = target.baseAddress else { return }
                    var places = Odometer(Array(shape[..<outer]), [aStrides, bStrides])
                    for start in stride(from: 0, to: count, by: length) {
                        let (x, y, z) = (a + places.offsets[0], b + places.offsets[1], target + start)
                        switch (aStep, bStep) {
                        case (1, 1): for i in 0..<length { (z + i).initialize(to: function(x[i], y[i])) }
                        case (1, _):
                            let y = y[0]
                            for i in 0..<length { (z + i).initialize(to: function(x[i], y)) }
                        case (_, 1):
                            let x = x[0]
                            for i in 0..<length { (z + i).initialize(to: function(x, y[i])) }
                        default:
                            let value = function(x[0], y[0])
                            for i in 0..<length { (z + i).initialize(to: value) }
                        }
                        places.advance()
                    }
                }
            }
            initialised = count
        }
    }

    /// The longest run of trailing sides along which each tensor is either contiguous (step 1) or repeated (step 0).
    private static func run(
        _ a: [Int], _ b: [Int], _ shape: [Int]
    ) -> (length: Int, outer: Int, aStep: Int, bStep: Int) {
        var (length, outer) = (1, shape.count)
        var steps: (Int, Int)?
        while outer > 0 {
            let side = outer - 1
            if shape[side] > 1 {
                let here = (a[side] == 0 ? 0 : 1, b[side] == 0 ? 0 : 1)
                if let steps, steps != here { break }
                steps = here
                length *= shape[side]
            }
            outer = side
        }
        return (length, outer, steps?.0 ?? 1, steps?.1 ?? 1)
    }
}

/// Walks through all places of a shape in order, and says where they lie in tensors with given strides.
struct Odometer {
    private let shape: [Int]
    private let strides: [[Int]]
    private var place: [Int]
    /// One a tensor.
    private(set) var offsets: [Int]

    /// - Parameter strides: for each tensor at least as many as `shape` has sides.
    init(_ shape: [Int], _ strides: [[Int]], offsets: [Int]? = nil) {
        self.shape = shape
        self.strides = strides
        place = Array(repeating: 0, count: shape.count)
        self.offsets = offsets ?? Array(repeating: 0, count: strides.count)
    }

    mutating func advance() {
        for side in shape.indices.reversed() {
            place[side] += 1
            for tensor in offsets.indices { offsets[tensor] += strides[tensor][side] }
            if place[side] < shape[side] { return }
            for tensor in offsets.indices { offsets[tensor] -= strides[tensor][side] * shape[side] }
            place[side] = 0
        }
    }
}
