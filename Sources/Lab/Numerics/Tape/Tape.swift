/// Reverse-mode differentiation: operations are recorded as they are computed and walked backwards for gradients.
///
/// Every value is a matrix; a loss is 1 × 1. One tape serves one thread. `reset()` keeps its memory: from the second step
/// of a training loop on, recording, both passes and the optimiser allocate nothing.
///
/// ```swift
/// let tape = Tape()
/// let weights = tape.parameter(Matrix(rows: 1, columns: 2, elements: [1, -1]))
/// let input = tape.constant(Matrix(rows: 1, columns: 2, elements: [3, 4]))
/// let loss = tape.mean(tape.square(tape.matmul(input, weights, transposeRight: true)))
/// tape.backward(from: loss)
/// tape.gradient(of: weights)  // [-6, -8]
/// ```
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed. 2008, chapter 3.
public final class Tape {
    struct Node {
        let value: UnsafeMutablePointer<Float>
        /// `nil` as long as nothing was passed back to it.
        var gradient: UnsafeMutablePointer<Float>?
        let rows: Int32
        let columns: Int32
        let needsGradient: Bool
        /// How it was computed; `nil` for what was given.
        let operation: (any Operation.Type)?
        let place: UnsafeRawPointer?
        /// The memory of a network's parameter, which `held` keeps alive.
        let parameter: Unmanaged<ParameterMemory>?

        var count: Int { Int(rows) * Int(columns) }
    }

    public let multiplier: any MatrixMultiplier
    let arena = Arena()
    private(set) var nodes: UnsafeMutablePointer<Node>
    private(set) var nodeCount = 0
    private var capacity = 256
    private var generation: UInt32 = 0
    /// Parameters of networks that were recorded: kept alive, and found again when recorded twice.
    var held: [HeldParameter] = []

    /// An empty tape whose products run on `multiplier`.
    public init(multiplier: any MatrixMultiplier = GEMM.current) {
        self.multiplier = multiplier
        nodes = .allocate(capacity: capacity)
    }

    deinit { nodes.deallocate() }

    /// Forgets what was recorded; memory is kept for the next step and all variables become invalid.
    public func reset() {
        nodeCount = 0
        generation &+= 1
        held.removeAll(keepingCapacity: true)
        arena.reset()
    }

    /// Records an operation and computes its value [rows, columns].
    func record<Op: Operation>(_ operation: Op, rows: Int, columns: Int, needsGradient: Bool) -> Variable {
        let value = arena.take(rows * columns, of: Float.self)
        operation.forward(Output(value: value, gradient: value, rows: rows, columns: columns), on: self)
        return append(operation, value, rows, columns, needsGradient: needsGradient)
    }

    /// Puts a computed value on the tape, with its operation if a gradient can come back.
    func append<Op: Operation>(
        _ operation: Op, _ value: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, needsGradient: Bool
    ) -> Variable {
        guard needsGradient else { return append(value, rows, columns) }
        let place = arena.take(1, of: Op.self)
        place.initialize(to: operation)
        return append(value, rows, columns, needsGradient: true, operation: Op.self, place: UnsafeRawPointer(place))
    }

    func append(
        _ value: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, needsGradient: Bool = false,
        gradient: UnsafeMutablePointer<Float>? = nil, operation: (any Operation.Type)? = nil,
        place: UnsafeRawPointer? = nil, parameter: Unmanaged<ParameterMemory>? = nil
    ) -> Variable {
        if nodeCount == capacity { grow() }
        (nodes + nodeCount).initialize(
            to: Node(
                value: value, gradient: gradient, rows: Int32(rows), columns: Int32(columns),
                needsGradient: needsGradient, operation: operation, place: place, parameter: parameter))
        defer { nodeCount += 1 }
        return variable(nodeCount)
    }

    func variable(_ index: Int) -> Variable { Variable(index: Int32(index), generation: generation) }

    /// The place of a variable among the nodes.
    func index(_ variable: Variable) -> Int {
        precondition(variable.generation == generation, "a variable is used after its tape was reset")
        return Int(variable.index)
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Node>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: nodes, count: nodeCount)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }
}
