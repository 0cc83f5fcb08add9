// The functions that a tape applies element by element, each with its slope.

struct Scale: ElementwiseFunction {
    let factor: Float

    @inline(__always) func value(_ x: Float) -> Float { factor * x }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { factor }
}

struct Square: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { x * x }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { 2 * x }
}

struct Exponential: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { FloatMath.exp(x) }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { y }
}

struct Relu: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { x > 0 ? x : 0 }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : 0 }
}

struct Tanh: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { FloatMath.tanh(x) }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { 1 - y * y }
}

struct Sigmoid: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { FloatMath.sigmoid(x) }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { y * (1 - y) }
}

struct Gelu: ElementwiseFunction {
    @inline(__always) func value(_ x: Float) -> Float { Activation.gelu(x) }
    @inline(__always) func slope(_ x: Float, _ y: Float) -> Float { Activation.geluSlope(x) }
}

struct Sum: PairwiseFunction {
    @inline(__always) func value(_ x: Float, _ y: Float) -> Float { x + y }
    @inline(__always) func leftSlope(_ x: Float, _ y: Float) -> Float { 1 }
    @inline(__always) func rightSlope(_ x: Float, _ y: Float) -> Float { 1 }
}

struct Difference: PairwiseFunction {
    @inline(__always) func value(_ x: Float, _ y: Float) -> Float { x - y }
    @inline(__always) func leftSlope(_ x: Float, _ y: Float) -> Float { 1 }
    @inline(__always) func rightSlope(_ x: Float, _ y: Float) -> Float { -1 }
}

struct Product: PairwiseFunction {
    @inline(__always) func value(_ x: Float, _ y: Float) -> Float { x * y }
    @inline(__always) func leftSlope(_ x: Float, _ y: Float) -> Float { y }
    @inline(__always) func rightSlope(_ x: Float, _ y: Float) -> Float { x }
}
