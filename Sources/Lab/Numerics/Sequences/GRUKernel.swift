/// The recurrence of a GRU over packed sequences: every step is one product for all sequences that still go on.
///
/// With the input's part a = x W_iᵀ + b_i and the state's part p = h W_hᵀ + b_h, both [3 · width] in the order reset,
/// update, new, as in PyTorch:
/// r = σ(a_r + p_r), z = σ(a_z + p_z), n = tanh(a_n + r p_n), h ← (1 − z) n + z h; h begins as 0.
///
/// Source: Cho et al., arXiv 1406.1078, section 2.3, with the reset gate behind the product as in cuDNN and PyTorch.
struct GRUKernel {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    let multiplier: any MatrixMultiplier
    /// The row of each place in the order of steps, and how many sequences take part in each step.
    let rows: UnsafePointer<Int32>
    let widths: UnsafePointer<Int32>
    let steps: Int
    let width: Int

    /// - Parameters:
    ///   - gates: the input's part, [tokens, 3 · width].
    ///   - weight: W_h [3 · width, width].
    ///   - bias: b_h [3 · width].
    ///   - out: receives the state after each token, [tokens, width].
    ///   - saved: [tokens, 4 · width], receives r, z, n and p_n in the order of steps; one row where nothing is kept.
    ///   - state: scratch [sequences, width].
    ///   - part: scratch [sequences, 3 · width].
    func forward(
        gates: Input, weight: Input, bias: Input, _ out: Output, saved: Output, keepsAll: Bool, state: Output,
        part: Output
    ) {
        if steps > 0 { state.update(repeating: 0, count: Int(widths[0]) * width) }
        var place = 0
        for step in 0..<steps {
            let active = Int(widths[step])
            multiplier.gemm(
                transposeA: false, transposeB: true, m: active, n: 3 * width, k: width, alpha: 1, a: state,
                strideA: width, b: weight, strideB: width, beta: 0, c: part, strideC: 3 * width)
            BiasKernels.addBias(bias, to: part, active, 3 * width)
            for sequence in 0..<active {
                let row = Int(rows[place])
                let kept = saved + (keepsAll ? place * 4 * width : 0)
                advance(
                    gates + row * 3 * width, part + sequence * 3 * width, kept, state + sequence * width,
                    out + row * width)
                place += 1
            }
        }
    }

    private func advance(_ input: Input, _ part: Input, _ kept: Output, _ state: Output, _ out: Output) {
        let (update, new) = (kept + width, kept + 2 * width)
        Elementwise.add(input, part, kept, 2 * width)
        Elementwise.sigmoid(kept, kept, 2 * width)
        (kept + 3 * width).update(from: part + 2 * width, count: width)
        Elementwise.multiply(kept, part + 2 * width, new, width)
        Elementwise.add(input + 2 * width, new, new, width)
        Elementwise.tanh(new, new, width)
        @inline(__always)
        func mixed(_ update: Lanes, _ new: Lanes, _ state: Lanes) -> Lanes { new.addingProduct(update, state - new) }
        Kernels.map(update, new, state, state, width, mixed)
        out.update(from: state, count: width)
    }
}

extension GRUKernel {
    /// The way back: adds to the gradient of the gates [tokens, 3 · width], or replaces it, and leaves in the order of
    /// steps what the gradients of weight and bias are made of.
    ///
    /// - Parameters:
    ///   - value: what `forward` gave, [tokens, width].
    ///   - slope: its gradient.
    ///   - partSlopes: receives the gradients of the state's part, [tokens, 3 · width] in the order of steps.
    ///   - before: receives the states before each step, [tokens, width] in the order of steps.
    ///   - state: scratch [sequences, width].
    func backward(
        saved: Input, value: Input, slope: Input, weight: Input, target: Output, replaces: Bool, partSlopes: Output,
        before: Output, state: Output
    ) {
        guard steps > 0 else { return }
        state.update(repeating: 0, count: Int(widths[0]) * width)
        var end = (0..<steps).reduce(0) { $0 + Int(widths[$1]) }
        for step in stride(from: steps - 1, through: 0, by: -1) {
            let active = Int(widths[step])
            let first = end - active
            for sequence in 0..<active {
                let place = first + sequence
                let row = Int(rows[place])
                let earlier = before + place * width
                if step == 0 {
                    earlier.update(repeating: 0, count: width)
                } else {
                    // All sequences of this step took part in the one before, at the same place of it.
                    let previous = Int(rows[first - Int(widths[step - 1]) + sequence])
                    earlier.update(from: value + previous * width, count: width)
                }
                retreat(
                    saved + place * 4 * width, slope + row * width, earlier, state + sequence * width,
                    partSlopes + place * 3 * width, target + row * 3 * width, replaces)
            }
            multiplier.gemm(
                transposeA: false, transposeB: false, m: active, n: width, k: 3 * width, alpha: 1,
                a: partSlopes + first * 3 * width, strideA: 3 * width, b: weight, strideB: width, beta: 1, c: state,
                strideC: width)
            end = first
        }
    }

    /// One sequence, one step back: `state` is the gradient of the state after it and becomes the part of the gradient
    /// of the state before it that does not go through the product.
    private func retreat(
        _ kept: Input, _ slope: Input, _ earlier: Input, _ state: Output, _ part: Output, _ target: Output,
        _ replaces: Bool
    ) {
        let (reset, update, new, product) = (kept, kept + width, kept + 2 * width, kept + 3 * width)
        Elementwise.add(state, slope, state, width)
        // dh · (1 − z) · (1 − n²): the gradient before the tanh.
        @inline(__always)
        func beforeTanh(_ state: Lanes, _ update: Lanes, _ new: Lanes) -> Lanes {
            state * (1 - update) * (1 - new * new)
        }
        Kernels.map(state, update, new, part + 2 * width, width, beforeTanh)
        Elementwise.multiply(part + 2 * width, product, part, width)
        Elementwise.sigmoidBackward(reset, part, part, width)
        @inline(__always)
        func difference(_ state: Lanes, _ earlier: Lanes, _ new: Lanes) -> Lanes { state * (earlier - new) }
        Kernels.map(state, earlier, new, part + width, width, difference)
        Elementwise.sigmoidBackward(update, part + width, part + width, width)
        if replaces {
            target.update(from: part, count: 3 * width)
        } else {
            Elementwise.add(target, part, target, 3 * width)
        }
        // The state's part of the new gate passes through the reset gate, the input's does not.
        Elementwise.multiply(part + 2 * width, reset, part + 2 * width, width)
        Elementwise.multiply(state, update, state, width)
    }
}
