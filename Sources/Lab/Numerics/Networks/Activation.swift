/// The function after a layer.
public enum Activation: String, Sendable, Codable, CaseIterable, BitwiseCopyable {
    case identity
    case relu
    case gelu
    case tanh
    case sigmoid

    @inline(__always)
    static func gelu(_ x: Float) -> Float {
        0.5 * x * (1 + FloatMath.erf(x * 0.707_106_781))
    }

    /// Φ(x) + x φ(x).
    @inline(__always)
    static func geluSlope(_ x: Float) -> Float {
        let density = 0.398_942_28 * FloatMath.exp(-0.5 * x * x)
        return 0.5 * (1 + FloatMath.erf(x * 0.707_106_781)) + x * density
    }

    /// Writes each element's image to `out`.
    func apply(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, _ count: Int) {
        switch self {
        case .identity: out.update(from: x, count: count)
        case .relu: Kernels.map(x, out, count) { $0 > 0 ? $0 : 0 }
        case .gelu: Kernels.map(x, out, count) { Self.gelu($0) }
        case .tanh: Kernels.map(x, out, count) { FloatMath.tanh($0) }
        case .sigmoid: Kernels.map(x, out, count) { FloatMath.sigmoid($0) }
        }
    }
}
