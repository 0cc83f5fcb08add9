import LabNumerics

/// A trainable network with one number an action; its dueling form has one stream for the state's value and one for the
/// advantages, Q = V + A − mean A. Either way it ends as a plain multilayer perceptron (`plain`).
///
/// Source: Wang et al., "Dueling Network Architectures for Deep Reinforcement Learning", ICML 2016, equation 9.
struct ActionNetwork: Parametrised {
    /// Widths of the plain form, input to output.
    let sizes: [Int]
    let isDueling: Bool
    /// The hidden layers, then the output layer or the value's and the advantages'.
    var parameters: [Parameter]
    /// [actions, actions]: what takes the mean from advantages; and [1, actions] of ones.
    private let centring: Matrix
    private let ones: Matrix

    var parameterNames: [String] {
        let hidden = (0..<sizes.count - 2).flatMap { ["layers.\($0).weight", "layers.\($0).bias"] }
        let heads = isDueling ? ["value", "advantage"] : ["layers.\(sizes.count - 2)"]
        return hidden + heads.flatMap { ["\($0).weight", "\($0).bias"] }
    }

    /// - Parameters:
    ///   - hidden: widths of the hidden layers; a dueling network needs one and gives each stream a last one of this width.
    init(inputs: Int, hidden: [Int], outputs: Int, isDueling: Bool = false, stream: RandomStream) {
        let streams = isDueling ? 2 : 1
        var sizes = [inputs] + hidden + [outputs]
        if isDueling, !hidden.isEmpty { sizes[sizes.count - 2] *= streams }
        self.sizes = sizes
        self.isDueling = isDueling && !hidden.isEmpty
        parameters = (1..<sizes.count - 1).flatMap { layer in
            Linear(inputs: sizes[layer - 1], outputs: sizes[layer], stream: stream.child(layer - 1)).parameters
        }
        let last = stream.child(sizes.count - 2)
        if self.isDueling {
            let width = hidden[hidden.count - 1]
            parameters += Linear(inputs: width, outputs: 1, stream: last.child("value")).parameters
            parameters += Linear(inputs: width, outputs: outputs, stream: last.child("advantage")).parameters
        } else {
            parameters += Linear(inputs: sizes[sizes.count - 2], outputs: outputs, stream: last).parameters
        }
        centring = Matrix(
            rows: outputs, columns: outputs,
            elements: (0..<outputs * outputs).map {
                ($0 / outputs == $0 % outputs ? 1 : 0) - 1 / Float(outputs)
            })
        ones = Matrix(rows: 1, columns: outputs, repeating: 1)
    }

    /// One number an action, [batch, outputs].
    func forward(_ input: Variable, parameters: ParameterHandles, on tape: Tape) -> Variable {
        var value = input
        for layer in 0..<sizes.count - 2 {
            value = tape.linear(
                value, weight: parameters[2 * layer], bias: parameters[2 * layer + 1], activation: .relu)
        }
        let head = 2 * (sizes.count - 2)
        guard isDueling else { return tape.linear(value, weight: parameters[head], bias: parameters[head + 1]) }
        let width = sizes[sizes.count - 2] / 2
        let worth = tape.linear(
            tape.columns(0..<width, of: value), weight: parameters[head], bias: parameters[head + 1])
        let advantages = tape.linear(
            tape.columns(width..<2 * width, of: value), weight: parameters[head + 2], bias: parameters[head + 3])
        return tape.add(
            tape.matmul(worth, tape.constant(ones)), tape.matmul(advantages, tape.constant(centring)))
    }

    /// The same function as a multilayer perceptron: both streams and their sum are linear in the last hidden layer.
    var plain: MLP {
        var network = MLP(sizes: sizes, stream: RandomStream(seed: 0, name: "replaced"))
        let shared = 2 * (sizes.count - 2)
        network.parameters[..<shared] = parameters[..<shared]
        guard isDueling else {
            network.parameters[shared...] = parameters[shared...]
            return network
        }
        let (value, advantage) = (parameters[shared].value, parameters[shared + 2].value)
        let (valueBias, advantageBias) = (parameters[shared + 1].value, parameters[shared + 3].value)
        let (actions, width) = (advantage.rows, advantage.columns)
        let weight = centring * advantage
        var joined = Matrix(rows: actions, columns: 2 * width)
        var bias = Matrix(rows: 1, columns: actions)
        let meanBias = advantageBias.elements.reduce(0, +) / Float(actions)
        for action in 0..<actions {
            for place in 0..<width {
                joined[action, place] = value[0, place]
                joined[action, width + place] = weight[action, place]
            }
            bias[0, action] = valueBias[0, 0] + advantageBias[0, action] - meanBias
        }
        network.parameters[shared].value = joined
        network.parameters[shared + 1].value = bias
        return network
    }
}
