import CVector

/// The arithmetic of one step of Adam, eight numbers at a time.
struct AdamKernel {
    /// Learning rate / (1 − β₁ᵗ).
    let rate: Float
    /// 1 / √(1 − β₂ᵗ).
    let inverseCorrection: Float
    let beta1: Float
    let beta2: Float
    let epsilon: Float
    /// The share of a weight that decoupled decay keeps.
    let keep: Float
    /// The factor of a weight that coupled decay adds to its gradient.
    let decay: Float
    let clip: (factor: Float, limit: Float)

    func apply(_ piece: OptimiserPiece) {
        let whole = piece.count & ~7
        for index in stride(from: 0, to: whole, by: 8) {
            var (p, m, v) = (
                Kernels.load(piece.values + index), Kernels.load(piece.first + index),
                Kernels.load(piece.second + index)
            )
            update(&p, Kernels.load(piece.gradient + index), &m, &v)
            Kernels.store(p, piece.values + index)
            Kernels.store(m, piece.first + index)
            Kernels.store(v, piece.second + index)
        }
        guard whole < piece.count else { return }
        var (p, g, m, v) = (Lanes(), Lanes(), Lanes(), Lanes())
        for lane in 0..<piece.count - whole {
            (p[lane], g[lane]) = (piece.values[whole + lane], piece.gradient[whole + lane])
            (m[lane], v[lane]) = (piece.first[whole + lane], piece.second[whole + lane])
        }
        update(&p, g, &m, &v)
        for lane in 0..<piece.count - whole {
            piece.values[whole + lane] = p[lane]
            (piece.first[whole + lane], piece.second[whole + lane]) = (m[lane], v[lane])
        }
    }

    /// One step of eight numbers with their gradient.
    @inline(__always)
    func update(_ p: inout Lanes, _ gradient: Lanes, _ m: inout Lanes, _ v: inout Lanes) {
        let clipped = (clip.factor * gradient).atMost(clip.limit).atLeast(-clip.limit)
        let slope = clipped.addingProduct(decay, p)
        m.addProduct(1 - beta1, slope - m)
        v = (beta2 * v).addingProduct(1 - beta2, slope * slope)
        let below = Lanes(repeating: epsilon).addingProduct(lab_square_roots(v), inverseCorrection)
        p = keep * p - rate * m / below
    }
}
