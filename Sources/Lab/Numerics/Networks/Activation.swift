/// The function after a layer.
public enum Activation: String, Sendable, Codable, CaseIterable, BitwiseCopyable {
    case identity
    case relu
    /// x Φ(x), as in BERT.
    case gelu
    /// The approximation of `gelu` by tanh, as in GPT-2.
    case geluTanh
    /// x σ(x), also called swish.
    case silu
    case tanh
    case sigmoid

    /// Whether the slope can be told from the function's value alone.
    var slopeFollowsFromValue: Bool {
        switch self {
        case .identity, .relu, .tanh, .sigmoid: true
        case .gelu, .geluTanh, .silu: false
        }
    }

    /// Writes each element's image to `out`, which may be `x` itself.
    func apply(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, _ count: Int) {
        switch self {
        case .identity: if x != UnsafePointer(out) { out.update(from: x, count: count) }
        case .relu: Elementwise.relu(x, out, count)
        case .gelu: Elementwise.gelu(x, out, count)
        case .geluTanh: Elementwise.geluTanh(x, out, count)
        case .silu: Elementwise.silu(x, out, count)
        case .tanh: Elementwise.tanh(x, out, count)
        case .sigmoid: Elementwise.sigmoid(x, out, count)
        }
    }
}
