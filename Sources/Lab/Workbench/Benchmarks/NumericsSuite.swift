import LabNumerics
public import LabRuns
import LabStatistics

/// Products, elementwise functions, training steps, random draws and resampling, beside NumPy on one thread.
public struct NumericsSuite: BenchmarkSuite {
    public static let name = "numerics"
    public static let summary = "matrix products, networks, random draws and bootstrap beside NumPy, one thread each"

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        let rounds = options.quick ? 1 : 9
        return [
            try race("gemm", 2e-9 * 512 * 512 * 512 * 4, "GFLOP/s", 0.8, options, rounds, Self.products()),
            try race("relu", 1e-9 * 20 * 262_144, "G elements/s", 1, options, rounds, Self.chain { $0.relu($1) }),
            try race("tanh", 1e-9 * 20 * 262_144, "G elements/s", 0.5, options, rounds, Self.chain { $0.tanh($1) }),
            try race("dqn", 50, "steps/s", 1, options, rounds, DoubleQStep().fiftySteps),
            try race("normal", 1, "M draws/s", 0.8, options, rounds, Self.normals()),
            try race("bootstrap", 1, "M draws/s", 1, options, rounds, Self.resamples()),
        ]
    }

    private func race(
        _ task: String, _ work: Double, _ unit: String, _ bar: Double, _ options: BenchmarkOptions, _ rounds: Int,
        _ ours: () throws -> Void
    ) throws -> BenchmarkRow {
        let peer = options.peers ? Peers.start(Self.peerScript, arguments: [task]) : nil
        defer { peer?.close() }
        return try Race.run(rounds: rounds, peer: peer, ours).row(task, work: work, unit: unit, bar: bar)
    }

    /// Four products of 512 × 512 matrices.
    private static func products() -> () -> Void {
        let matrix = Matrix(rows: 512, columns: 512, repeating: 0.5)
        return { for _ in 0..<4 { _ = matrix * matrix } }
    }

    /// One function twenty times over 262,144 elements.
    private static func chain(_ function: @escaping (Tape, Variable) -> Variable) -> () -> Void {
        let tape = Tape()
        let matrix = normalMatrix(rows: 512, columns: 512)
        return {
            tape.reset()
            var value = tape.constant(matrix)
            for _ in 0..<20 { value = function(tape, value) }
        }
    }

    private static func normals() -> () -> Void {
        var stream = RandomStream(seed: 1, name: "benchmark")
        var buffer = [Float](repeating: 0, count: 1_000_000)
        return { stream.fillNormal(&buffer) }
    }

    /// A thousand resampled means of a thousand values.
    private static func resamples() -> () -> Void {
        let stream = RandomStream(seed: 1, name: "benchmark")
        let values = (0..<1_000).map { Double(($0 * 37) % 101) }
        return { _ = Bootstrap.mean(values, resamples: 1_000, stream: stream) }
    }

    static func normalMatrix(rows: Int, columns: Int) -> Matrix {
        var stream = RandomStream(seed: 1, name: "benchmark")
        var matrix = Matrix(rows: rows, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }
}

/// Training steps of Double DQN: network 64-128-128-12, batches of 256, Adam.
private final class DoubleQStep {
    private var online = MLP(sizes: [64, 128, 128, 12], stream: RandomStream(seed: 1, name: "online"))
    private let target = MLP(sizes: [64, 128, 128, 12], stream: RandomStream(seed: 1, name: "target"))
    private var adam = Adam(learningRate: 2.5e-4)
    private let tape = Tape()
    private let states = NumericsSuite.normalMatrix(rows: 256, columns: 64)
    private let actions = (0..<256).map { $0 % 12 }

    func fiftySteps() {
        for _ in 0..<50 {
            tape.reset()
            let input = tape.constant(states)
            let best = tape.value(of: online.forward(input, parameters: online.fixed(on: tape), on: tape))
            let next = tape.value(of: target.forward(input, parameters: target.fixed(on: tape), on: tape))
            let chosen = best.argmaxOfRows
            let goals = Matrix(rows: 256, columns: 1, elements: (0..<256).map { 1 + 0.99 * next[$0, chosen[$0]] })
            let handles = online.recorded(on: tape)
            let values = online.forward(input, parameters: handles, on: tape)
            tape.backward(from: tape.huber(tape.gather(values, columns: actions), target: goals))
            adam.step(&online.parameters)
        }
    }
}
