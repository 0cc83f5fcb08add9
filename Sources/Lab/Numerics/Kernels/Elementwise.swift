/// Element-wise functions of contiguous memory. Input and output may be the same memory, but not overlap otherwise.
///
/// They are never inlined: inside larger functions the compiler would call what their loops apply instead of inlining it.
package enum Elementwise {
    package typealias Input = UnsafePointer<Float>
    package typealias Output = UnsafeMutablePointer<Float>

    /// out = max(0, x); what is not a number stays so.
    @inline(never)
    package static func relu(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.mapCheaply(x, out, count, FloatMath.relu)
    }

    /// out = eˣ, within 1 ulp.
    @inline(never)
    package static func exp(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.exp)
    }

    /// out = tanh x, within 6 ulp.
    @inline(never)
    package static func tanh(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.tanh)
    }

    /// out = 1 / (1 + e⁻ˣ), within 3 ulp.
    @inline(never)
    package static func sigmoid(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.sigmoid)
    }

    /// out = x Φ(x), within 2⁻²² of max(1, |x|).
    @inline(never)
    package static func gelu(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.gelu)
    }

    /// out = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), within 2⁻²² of max(1, |x|).
    @inline(never)
    package static func geluTanh(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.geluTanh)
    }

    /// out = x / (1 + e⁻ˣ), within 4 ulp.
    @inline(never)
    package static func silu(_ x: Input, _ out: Output, _ count: Int) {
        Kernels.map(x, out, count, FloatMath.silu)
    }

    /// out = slope · the slope of `relu` at x.
    @inline(never)
    package static func reluBackward(_ x: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ x: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.reluSlope(x) }
        Kernels.map(x, slope, out, count, passed)
    }

    /// out = slope · the slope of `tanh` where its value is y.
    @inline(never)
    package static func tanhBackward(_ y: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ y: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.tanhSlope(y) }
        Kernels.map(y, slope, out, count, passed)
    }

    /// out = slope · the slope of `sigmoid` where its value is y.
    @inline(never)
    package static func sigmoidBackward(_ y: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ y: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.sigmoidSlope(y) }
        Kernels.map(y, slope, out, count, passed)
    }

    /// out = slope · the slope of `gelu` at x.
    @inline(never)
    package static func geluBackward(_ x: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ x: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.geluSlope(x) }
        Kernels.map(x, slope, out, count, passed)
    }

    /// out = slope · the slope of `geluTanh` at x.
    @inline(never)
    package static func geluTanhBackward(_ x: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ x: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.geluTanhSlope(x) }
        Kernels.map(x, slope, out, count, passed)
    }

    /// out = slope · the slope of `silu` at x.
    @inline(never)
    package static func siluBackward(_ x: Input, _ slope: Input, _ out: Output, _ count: Int) {
        @inline(__always)
        func passed(_ x: Lanes, _ slope: Lanes) -> Lanes { slope * FloatMath.siluSlope(x) }
        Kernels.map(x, slope, out, count, passed)
    }

    /// out = x + y.
    @inline(never)
    package static func add(_ x: Input, _ y: Input, _ out: Output, _ count: Int) {
        Kernels.mapCheaply(x, y, out, count) { $0 + $1 }
    }

    /// out = x · y.
    @inline(never)
    package static func multiply(_ x: Input, _ y: Input, _ out: Output, _ count: Int) {
        Kernels.mapCheaply(x, y, out, count) { $0 * $1 }
    }

    /// out += factor · x.
    @inline(never)
    package static func add(_ x: Input, times factor: Float, to out: Output, _ count: Int) {
        let factor = Lanes(repeating: factor)
        Kernels.map(out, x, out, count) { $0.addingProduct(factor, $1) }
    }

    /// Each of `rows` rows of x becomes activation(row + bias).
    @inline(never)
    package static func addBias(
        _ bias: Input, activating activation: Activation, _ x: Output, rows: Int, columns: Int
    ) {
        BiasKernels.addBias(bias, activating: activation, x, rows, columns)
    }
}
