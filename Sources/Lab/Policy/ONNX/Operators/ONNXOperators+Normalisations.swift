import LabNumerics

extension ONNXOperators {
    /// Functions of whole rows that keep their shape.
    static let normalisations: [String: ONNXOperator] = [
        "Softmax": { try softmax($0, Softmax.rows) },
        "LogSoftmax": { try softmax($0, Softmax.logRows) },
        "LayerNormalization": layerNormalisation,
        "BatchNormalization": batchNormalisation,
        "Dropout": dropout,
    ]

    private typealias RowsKernel = (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int, Int) -> Void

    /// Along one axis; before opset 13 over all axes from the given one on.
    private static func softmax(_ call: ONNXCall, _ kernel: RowsKernel) throws -> [ONNXTensor] {
        let x = try call.input()
        _ = try call.floats()
        let isAlongOne = call.opset >= 13
        let axis = try call.axis(call.integer("axis", default: isAlongOne ? -1 : 1), of: max(x.rank, 1))
        let axes = x.rank == 0 ? [] : isAlongOne ? [axis] : Array(axis..<x.rank)
        let (moved, back) = try x.movingLast(axes)
        let columns = axes.reduce(1) { $0 * x.shape[$1] }
        var values = moved.floats ?? []
        values.withUnsafeMutableBufferPointer { target in
            guard let start = target.baseAddress, target.count > 0 else { return }
            kernel(UnsafePointer(start), start, target.count / columns, columns)
        }
        return [try ONNXTensor(shape: moved.shape, values).transposed(back)]
    }

    /// (x − mean) / √(variance + epsilon) · scale + bias over the axes from `axis` on; also the mean and 1 / √(…).
    private static func layerNormalisation(_ call: ONNXCall) throws -> [ONNXTensor] {
        let x = try call.input()
        let axis = try call.axis(call.integer("axis", default: -1), of: x.rank)
        let epsilon = Double(try call.float("epsilon", default: 1e-5))
        let sides = Array(x.shape[axis...])
        let width = sides.reduce(1, *)
        var values = try call.floats()
        func fitted(_ index: Int) throws -> [Float] {
            let tensor = try call.input(index)
            _ = try call.floats(index)
            guard try Broadcast.shape([tensor.shape, sides]) == sides else {
                throw ONNXFault("its input \(index) has shape \(tensor.shape), which does not fit \(sides)")
            }
            return try tensor.expanded(to: sides).floats ?? []
        }
        let scale = try fitted(1)
        let bias = try call.optional(2) == nil ? [Float](repeating: 0, count: width) : fitted(2)
        var (means, factors) = ([Float](), [Float]())
        for start in stride(from: 0, to: values.count, by: max(width, 1)) {
            let row = start..<start + width
            let mean = values[row].reduce(0.0) { $0 + Double($1) } / Double(width)
            let variance = values[row].reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(width)
            let factor = 1 / (variance + epsilon).squareRoot()
            for place in 0..<width {
                let normal = Float((Double(values[start + place]) - mean) * factor)
                values[start + place] = normal * scale[place] + bias[place]
            }
            means.append(Float(mean))
            factors.append(Float(factor))
        }
        let outer = Array(x.shape[..<axis]) + sides.map { _ in 1 }
        guard means.count == outer.reduce(1, *) else { throw ONNXFault("it normalises rows of nothing") }
        return [
            ONNXTensor(shape: x.shape, values), ONNXTensor(shape: outer, means), ONNXTensor(shape: outer, factors),
        ]
    }

    /// By the means and variances that training left, for each channel (the second side).
    private static func batchNormalisation(_ call: ONNXCall) throws -> [ONNXTensor] {
        guard try call.integer("training_mode", default: 0) == 0 else {
            throw ONNXFault("it is in training mode; export the network after .eval()")
        }
        let x = try call.input()
        guard x.rank >= 2 else { throw ONNXFault("\(x.shape) has no channels") }
        let channels = x.shape[1]
        let parts = try (1...4).map { index in
            let values = try call.floats(index)
            guard values.count == channels else { throw ONNXFault("its input \(index) is not one number a channel") }
            return values
        }
        let epsilon = try call.float("epsilon", default: 1e-5)
        let factors = (0..<channels).map { parts[0][$0] / (parts[3][$0] + epsilon).squareRoot() }
        var values = try call.floats()
        let inner = x.shape[2...].reduce(1, *)
        for index in values.indices {
            let channel = index / inner % channels
            values[index] = (values[index] - parts[2][channel]) * factors[channel] + parts[1][channel]
        }
        return [ONNXTensor(shape: x.shape, values)]
    }

    /// Nothing, outside of training.
    private static func dropout(_ call: ONNXCall) throws -> [ONNXTensor] {
        if let training = call.optional(2), training.flags?.contains(true) ?? true {
            throw ONNXFault("it is in training mode; export the network after .eval()")
        }
        let x = try call.input()
        return [x, ONNXTensor(shape: x.shape, [Bool](repeating: true, count: x.count))]
    }
}
