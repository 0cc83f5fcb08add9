/// Passes over a layer's output that add the bias and apply the activation, and their way back.
enum BiasKernels {
    /// rows of x += bias.
    static func addBias(_ bias: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int) {
        forward(bias, x, rows, columns) { $0 }
    }

    /// rows of x = activation(x + bias).
    static func addBias(
        _ bias: UnsafePointer<Float>, activating activation: Activation, _ x: UnsafeMutablePointer<Float>, _ rows: Int,
        _ columns: Int
    ) {
        switch activation {
        case .identity: forward(bias, x, rows, columns) { $0 }
        case .relu: forward(bias, x, rows, columns) { $0 > 0 ? $0 : 0 }
        case .gelu: forward(bias, x, rows, columns) { Activation.gelu($0) }
        case .tanh: forward(bias, x, rows, columns) { FloatMath.tanh($0) }
        case .sigmoid: forward(bias, x, rows, columns) { FloatMath.sigmoid($0) }
        }
    }

    /// Multiplies `gradient` in place by the activation's slope and adds its columns to the gradient of the bias.
    ///
    /// - Parameter value: the layer's output; for GELU its input.
    static func backward(
        _ activation: Activation, value: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>?, _ rows: Int, _ columns: Int
    ) {
        switch activation {
        case .identity: sumColumns(gradient, bias, rows, columns)
        case .relu: multiply(value, gradient, bias, rows, columns) { $0 > 0 ? 1 : 0 }
        case .gelu: multiply(value, gradient, bias, rows, columns) { Activation.geluSlope($0) }
        case .tanh: multiply(value, gradient, bias, rows, columns) { 1 - $0 * $0 }
        case .sigmoid: multiply(value, gradient, bias, rows, columns) { $0 * (1 - $0) }
        }
    }

    @inline(__always)
    private static func forward(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ function: (Float) -> Float
    ) {
        for row in 0..<rows {
            let line = x + row * columns
            for column in 0..<columns { line[column] = function(line[column] + bias[column]) }
        }
    }

    private static func sumColumns(
        _ gradient: UnsafePointer<Float>, _ bias: UnsafeMutablePointer<Float>?, _ rows: Int, _ columns: Int
    ) {
        guard let bias else { return }
        for row in 0..<rows {
            let line = gradient + row * columns
            for column in 0..<columns { bias[column] += line[column] }
        }
    }

    @inline(__always)
    private static func multiply(
        _ value: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ bias: UnsafeMutablePointer<Float>?,
        _ rows: Int, _ columns: Int, _ slope: (Float) -> Float
    ) {
        for row in 0..<rows {
            let (line, values) = (gradient + row * columns, value + row * columns)
            if let bias {
                for column in 0..<columns {
                    let passed = line[column] * slope(values[column])
                    line[column] = passed
                    bias[column] += passed
                }
            } else {
                for column in 0..<columns { line[column] *= slope(values[column]) }
            }
        }
    }
}
