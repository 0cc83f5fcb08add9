import LabNumerics

/// One block of a BERT-shaped model made ready for inference: weights [inputs, outputs], as products read them fastest.
struct PackedBlock: Sendable {
    /// Query, key and value side by side.
    let joined: PackedLayer
    let mixed: PackedLayer
    let inner: PackedLayer
    let outer: PackedLayer
    let middleNorm: PackedNorm
    let lastNorm: PackedNorm

    /// The parameters of a block in the order of a `TransformerModel`.
    init(_ parameters: ArraySlice<Parameter>, epsilon: Float) {
        let all = Array(parameters)
        joined = PackedLayer(all[0], all[1])
        mixed = PackedLayer(all[2], all[3])
        inner = PackedLayer(all[4], all[5])
        outer = PackedLayer(all[6], all[7])
        middleNorm = PackedNorm(all[8], all[9], epsilon: epsilon)
        lastNorm = PackedNorm(all[10], all[11], epsilon: epsilon)
    }
}

/// A layer's weights [inputs, outputs] and bias.
struct PackedLayer: Sendable {
    let weights: ProductWeights
    let bias: AlignedMatrix

    /// A weight [outputs, inputs], as models keep it, and its bias.
    init(_ weight: Parameter, _ bias: Parameter) {
        weights = ProductWeights(weight.value, transposed: true)
        self.bias = AlignedMatrix(bias.value)
    }

    /// output ← activation(input · weights + bias).
    func forward(
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, rows: Int, _ activation: Activation
    ) {
        weights.multiply(count: rows, input: input, output: output)
        Elementwise.addBias(
            bias.elements, activating: activation, output, rows: rows, columns: weights.columns)
    }
}

/// Gain and bias of a normalisation.
struct PackedNorm: Sendable {
    let gain: AlignedMatrix
    let shift: AlignedMatrix
    let epsilon: Float

    init(_ gain: Parameter, _ shift: Parameter, epsilon: Float) {
        self.gain = AlignedMatrix(gain.value)
        self.shift = AlignedMatrix(shift.value)
        self.epsilon = epsilon
    }

    /// x ← the normalised sum of x, `bias` and `residual`.
    func forward(
        _ x: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>? = nil, residual: UnsafePointer<Float>?, rows: Int
    ) {
        LayerNormKernel.normalise(
            x, bias: bias, residual: residual, gain: gain.elements, shift: shift.elements, epsilon: epsilon,
            rows: rows, columns: gain.columns)
    }
}
