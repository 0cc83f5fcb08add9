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
        case .relu: forward(bias, x, rows, columns, FloatMath.relu)
        case .gelu: forward(bias, x, rows, columns, FloatMath.gelu)
        case .geluTanh: forward(bias, x, rows, columns, FloatMath.geluTanh)
        case .silu: forward(bias, x, rows, columns, FloatMath.silu)
        case .tanh: forward(bias, x, rows, columns, FloatMath.tanh)
        case .sigmoid: forward(bias, x, rows, columns, FloatMath.sigmoid)
        }
    }

    /// Multiplies `gradient` in place by the activation's slope and adds its columns to the gradient of the bias.
    ///
    /// - Parameter value: the layer's output, or its input where the slope cannot be told from the output.
    static func backward(
        _ activation: Activation, value: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        bias: UnsafeMutablePointer<Float>?, _ rows: Int, _ columns: Int
    ) {
        switch activation {
        case .identity: sumColumns(gradient, bias, rows, columns)
        case .relu: multiply(value, gradient, bias, rows, columns, FloatMath.reluSlope)
        case .gelu: multiply(value, gradient, bias, rows, columns, FloatMath.geluSlope)
        case .geluTanh: multiply(value, gradient, bias, rows, columns, FloatMath.geluTanhSlope)
        case .silu: multiply(value, gradient, bias, rows, columns, FloatMath.siluSlope)
        case .tanh: multiply(value, gradient, bias, rows, columns, FloatMath.tanhSlope)
        case .sigmoid: multiply(value, gradient, bias, rows, columns, FloatMath.sigmoidSlope)
        }
    }

    @inline(__always)
    private static func forward(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int,
        _ function: (Lanes) -> Lanes
    ) {
        @inline(__always)
        func biased(_ x: Lanes, _ bias: Lanes) -> Lanes { function(x + bias) }
        for row in 0..<rows {
            let line = x + row * columns
            Kernels.map(line, bias, line, columns, biased)
        }
    }

    private static func sumColumns(
        _ gradient: UnsafePointer<Float>, _ bias: UnsafeMutablePointer<Float>?, _ rows: Int, _ columns: Int
    ) {
        guard let bias else { return }
        for row in 0..<rows { Kernels.map(bias, gradient + row * columns, bias, columns) { $0 + $1 } }
    }

    @inline(__always)
    private static func multiply(
        _ value: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ bias: UnsafeMutablePointer<Float>?,
        _ rows: Int, _ columns: Int, _ slope: (Lanes) -> Lanes
    ) {
        @inline(__always)
        func passed(_ value: Lanes, _ gradient: Lanes) -> Lanes { gradient * slope(value) }
        // A row at a time, so that its gradient is still in the cache when the bias takes it.
        for row in 0..<rows {
            let line = gradient + row * columns
            Kernels.map(value + row * columns, line, line, columns, passed)
            if let bias { Kernels.map(bias, line, bias, columns) { $0 + $1 } }
        }
    }
}
