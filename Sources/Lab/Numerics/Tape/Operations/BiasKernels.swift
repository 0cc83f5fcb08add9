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
        case .gelu: gelu(bias, x, rows, columns)
        case .geluTanh: geluTanh(bias, x, rows, columns)
        case .silu: silu(bias, x, rows, columns)
        case .tanh: tanh(bias, x, rows, columns)
        case .sigmoid: sigmoid(bias, x, rows, columns)
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
        case .relu: multiply(value, gradient, bias, rows, columns, Elementwise.reluBackward)
        case .gelu: multiply(value, gradient, bias, rows, columns, Elementwise.geluBackward)
        case .geluTanh: multiply(value, gradient, bias, rows, columns, Elementwise.geluTanhBackward)
        case .silu: multiply(value, gradient, bias, rows, columns, Elementwise.siluBackward)
        case .tanh: multiply(value, gradient, bias, rows, columns, Elementwise.tanhBackward)
        case .sigmoid: multiply(value, gradient, bias, rows, columns, Elementwise.sigmoidBackward)
        }
    }

    // Each in a function of its own: together in one, the compiler calls them for every eight numbers.

    @inline(never)
    private static func gelu(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int
    ) {
        forward(bias, x, rows, columns, FloatMath.gelu)
    }

    @inline(never)
    private static func geluTanh(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int
    ) {
        forward(bias, x, rows, columns, FloatMath.geluTanh)
    }

    @inline(never)
    private static func silu(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int
    ) {
        forward(bias, x, rows, columns, FloatMath.silu)
    }

    @inline(never)
    private static func tanh(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int
    ) {
        forward(bias, x, rows, columns, FloatMath.tanh)
    }

    @inline(never)
    private static func sigmoid(
        _ bias: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int
    ) {
        forward(bias, x, rows, columns, FloatMath.sigmoid)
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
        for row in 0..<rows { Elementwise.add(bias, gradient + row * columns, bias, columns) }
    }

    private static func multiply(
        _ value: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ bias: UnsafeMutablePointer<Float>?,
        _ rows: Int, _ columns: Int,
        _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) {
        // A row at a time, so that its gradient is still in the cache when the bias takes it.
        for row in 0..<rows {
            let line = gradient + row * columns
            kernel(value + row * columns, line, line, columns)
            if let bias { Elementwise.add(bias, line, bias, columns) }
        }
    }
}
