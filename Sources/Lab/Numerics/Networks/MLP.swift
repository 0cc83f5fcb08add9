/// A multilayer perceptron: linear layers with an activation between them and none after the last.
public struct MLP: Parametrised {
    /// Widths from input to output: [64, 128, 128, 12] has three layers.
    public let sizes: [Int]
    public let activation: Activation
    /// For each layer its weight [outputs, inputs] and its bias [1, outputs].
    public var parameters: [Parameter]

    public var parameterNames: [String] {
        (0..<sizes.count - 1).flatMap { ["layers.\($0).weight", "layers.\($0).bias"] }
    }

    /// A network with the initial weights of `Linear`, each layer from a child stream of its own.
    ///
    /// - Parameter sizes: at least an input and an output width, all positive.
    public init(sizes: [Int], activation: Activation = .relu, stream: RandomStream) {
        precondition(sizes.count >= 2 && sizes.allSatisfy { $0 > 0 }, "a network needs two positive widths or more")
        self.sizes = sizes
        self.activation = activation
        parameters = (1..<sizes.count).flatMap { layer in
            Linear(inputs: sizes[layer - 1], outputs: sizes[layer], stream: stream.child(layer - 1)).parameters
        }
    }

    /// The output [batch, sizes.last] for `input` [batch, sizes.first], without a tape.
    public func callAsFunction(_ input: Matrix) -> Matrix { self(input.view) }

    /// The same for a part of a matrix, such as some of its rows.
    public func callAsFunction(_ input: MatrixView) -> Matrix {
        precondition(input.columns == sizes[0], "the input has \(input.columns) features, the network \(sizes[0])")
        var value = layer(0, input)
        for next in 1..<sizes.count - 1 { value = layer(next, value.view) }
        return value
    }

    private func layer(_ layer: Int, _ input: MatrixView) -> Matrix {
        Linear.evaluate(
            input, weight: parameters[2 * layer], bias: parameters[2 * layer + 1], activation: activation(after: layer))
    }

    /// The same on a tape, with the handles that `recorded(on:)` or `fixed(on:)` gave.
    public func forward(_ input: Variable, parameters: ParameterHandles, on tape: Tape) -> Variable {
        var value = input
        for layer in 0..<sizes.count - 1 {
            value = tape.linear(
                value, weight: parameters[2 * layer], bias: parameters[2 * layer + 1],
                activation: activation(after: layer))
        }
        return value
    }

    private func activation(after layer: Int) -> Activation { layer < sizes.count - 2 ? activation : .identity }
}
