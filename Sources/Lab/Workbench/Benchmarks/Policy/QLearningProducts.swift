import LabNumerics

/// The matrix products of a step of DQN and nothing else: what the step could be at best.
///
/// They read and write matrices of their own, as many as the step does, since what lies in which cache decides the speed.
final class QLearningProducts {
    /// One fully connected layer of both networks.
    private struct Layer {
        let inner: Int
        let outer: Int
        let weights: (online: Field, slow: Field)
        let gradient: Field
        /// The layer's input and its gradient, [batch, inner], and those of the output, [batch, outer].
        let input: Field
        let output: Field
        let inputSlope: Field
        let outputSlope: Field
    }

    private let batch: Int
    private let layers: [Layer]

    init(batch: Int) {
        self.batch = batch
        let sizes = [LearningTask.features] + LearningTask.hidden + [LearningTask.actions]
        layers = zip(sizes, sizes.dropFirst()).map { inner, outer in
            Layer(
                inner: inner, outer: outer, weights: (Field(inner * outer), Field(inner * outer)),
                gradient: Field(inner * outer), input: Field(batch * inner), output: Field(batch * outer),
                inputSlope: Field(batch * inner), outputSlope: Field(batch * outer))
        }
    }

    func step() {
        for layer in layers {
            multiply(false, true, batch, layer.outer, layer.inner, layer.input, layer.weights.slow, layer.output)
        }
        for layer in layers {
            multiply(false, true, batch, layer.outer, layer.inner, layer.input, layer.weights.online, layer.output)
        }
        for (place, layer) in layers.enumerated().reversed() {
            multiply(true, false, layer.outer, layer.inner, batch, layer.outputSlope, layer.input, layer.gradient)
            guard place > 0 else { continue }
            multiply(
                false, false, batch, layer.inner, layer.outer, layer.outputSlope, layer.weights.online,
                layer.inputSlope)
        }
    }

    private func multiply(
        _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: Field, _ b: Field, _ c: Field
    ) {
        GEMM.current.gemm(
            transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
            a: UnsafeBufferPointer(start: a.start, count: m * k), b: UnsafeBufferPointer(start: b.start, count: k * n),
            beta: 0, c: UnsafeMutableBufferPointer(start: c.start, count: m * n))
    }
}
