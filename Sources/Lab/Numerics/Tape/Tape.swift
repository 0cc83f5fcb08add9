/// A value on a tape. It is valid until the tape's next `reset()`.
public struct Variable: Sendable, Hashable {
    let index: Int
}

/// Reverse-mode differentiation: operations are recorded as they are computed and walked backwards for gradients.
///
/// Every value is a matrix; a loss is 1 × 1. One tape serves one thread; between steps `reset()` keeps its memory.
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
    /// What an operation adds to the gradients of its inputs, given that of its output.
    typealias Pullback = (Tape, _ outputGradient: UnsafeMutablePointer<Float>) -> Void

    struct Node {
        let rows: Int
        let columns: Int
        let value: Storage
        var gradient: Storage?
        let needsGradient: Bool
        let pullback: Pullback?

        var count: Int { rows * columns }
    }

    public let multiplier: any MatrixMultiplier
    var nodes: [Node] = []
    private var pool = StoragePool()

    /// An empty tape whose products run on `multiplier`.
    public init(multiplier: any MatrixMultiplier = OpenBLASMultiplier()) {
        self.multiplier = multiplier
    }

    /// Forgets what was recorded; memory is kept for the next step and all variables become invalid.
    public func reset() {
        for node in nodes {
            pool.giveBack(node.value)
            if let gradient = node.gradient { pool.giveBack(gradient) }
        }
        nodes.removeAll(keepingCapacity: true)
    }

    /// A value to which no gradient flows: data, or the output of a target network.
    public func constant(_ matrix: Matrix) -> Variable { leaf(matrix, needsGradient: false) }

    /// A value whose gradient is wanted.
    public func parameter(_ matrix: Matrix) -> Variable { leaf(matrix, needsGradient: true) }

    /// The same number as a constant: nothing before it receives a gradient through it.
    public func detached(_ variable: Variable) -> Variable { constant(value(of: variable)) }

    private func leaf(_ matrix: Matrix, needsGradient: Bool) -> Variable {
        let storage = pool.take(matrix.count)
        storage.copy(from: matrix.elements)
        return append(
            Node(
                rows: matrix.rows, columns: matrix.columns, value: storage, gradient: nil,
                needsGradient: needsGradient, pullback: nil))
    }

    private func append(_ node: Node) -> Variable {
        nodes.append(node)
        return Variable(index: nodes.count - 1)
    }

    /// Records an operation: computes its value and, if any input needs a gradient, keeps how to pass one back.
    func record(
        rows: Int, columns: Int, inputs: Variable..., compute: (UnsafeMutablePointer<Float>) -> Void,
        pullback: @escaping Pullback
    ) -> Variable {
        let storage = pool.take(rows * columns)
        compute(storage.pointer)
        let needsGradient = inputs.contains { nodes[$0.index].needsGradient }
        return append(
            Node(
                rows: rows, columns: columns, value: storage, gradient: nil, needsGradient: needsGradient,
                pullback: needsGradient ? pullback : nil))
    }

    func scratch(_ count: Int) -> Storage { pool.take(count) }

    func release(_ storage: Storage) { pool.giveBack(storage) }
}
