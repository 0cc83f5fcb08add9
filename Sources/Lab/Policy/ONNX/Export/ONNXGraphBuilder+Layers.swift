public import LabNumerics

extension ONNXGraphBuilder {
    /// (value − mean) / deviation; both have one number a column.
    public mutating func normalise(_ value: Value, mean: [Float], deviation: [Float]) -> Value {
        let mean = constant("observation.mean", ONNXTensor(shape: [mean.count], mean))
        let deviation = constant("observation.deviation", ONNXTensor(shape: [deviation.count], deviation))
        let centred = node("Sub", [value, mean], name: "centred")
        return node("Div", [centred, deviation], name: "normalised")
    }

    /// value · weightᵀ + bias, for a weight [outputs, inputs] and a bias [1, outputs].
    ///
    /// - Parameter name: of the layer; its weights are `name.weight` and `name.bias`, as in PyTorch's state dictionaries.
    public mutating func linear(_ value: Value, weight: Matrix, bias: Matrix, name: String) -> Value {
        let weight = constant(
            name + ".weight", ONNXTensor(shape: [weight.rows, weight.columns], weight.elements))
        let bias = constant(name + ".bias", ONNXTensor(shape: [bias.count], bias.elements))
        return node("Gemm", [value, weight, bias], ["transB": .integer(1)], name: name)
    }

    /// The function after a layer.
    public mutating func activate(_ value: Value, _ activation: Activation) -> Value {
        switch activation {
        case .identity: return value
        case .relu: return node("Relu", [value])
        case .tanh: return node("Tanh", [value])
        case .sigmoid: return node("Sigmoid", [value])
        case .silu: return multiply(value, node("Sigmoid", [value]))
        case .gelu:
            // ½ x (1 + erf(x / √2)): the operator Gelu came with opset 20.
            let half = multiply(value, constant(0.5))
            let inner = node("Erf", [multiply(value, constant(Float(0.5).squareRoot()))])
            return multiply(half, add(inner, constant(1)))
        case .geluTanh:
            let cube = multiply(multiply(value, value), multiply(value, constant(0.044_715)))
            let inner = multiply(add(value, cube), constant((2 / Float.pi).squareRoot()))
            return multiply(multiply(value, constant(0.5)), add(node("Tanh", [inner]), constant(1)))
        }
    }

    /// A multilayer perceptron: linear layers with its activation between them.
    ///
    /// - Parameter name: its layers are `name.layers.0` and so on.
    public mutating func network(_ value: Value, _ network: MLP, name: String) -> Value {
        var value = value
        let count = network.parameters.count / 2
        for layer in 0..<count {
            value = linear(
                value, weight: network.parameters[2 * layer].value, bias: network.parameters[2 * layer + 1].value,
                name: "\(name).layers.\(layer)")
            if layer < count - 1 { value = activate(value, network.activation) }
        }
        return value
    }

    /// V + A − mean A, for a state's value [N, 1] and its actions' advantages [N, actions].
    ///
    /// Source: Wang et al., "Dueling Network Architectures", ICML 2016, equation 9.
    public mutating func dueling(value: Value, advantage: Value) -> Value {
        add(value, subtract(advantage, mean(advantage)))
    }
}
