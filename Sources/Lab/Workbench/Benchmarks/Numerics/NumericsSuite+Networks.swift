import LabNumerics

extension NumericsSuite {
    /// Whole networks, and what recording costs.
    static var networks: [Contest] {
        [
            Contest(
                name: "mlp 256-256 beside its products", measure: .timesOfRival, bar: .atMost(1.2),
                rival: .ours(name: "its five matrix products alone") { PerceptronStep().productsAlone }
            ) { PerceptronStep().steps },
            Contest(
                name: "mlp 256-256", measure: .rate("steps/s", work: Double(PerceptronStep.repetitions)),
                bar: .ratio(1),
                rival: .python(script: networksInPyTorch, arguments: ["mlp"])
            ) { PerceptronStep().steps },
            Contest(
                name: "tape operation", measure: .nanoseconds("ns", work: Double(Self.chainRounds * Self.chainLength)),
                bar: .atMost(200), rival: .python(script: networksInPyTorch, arguments: ["chain"]), prepare: chain),
            Contest(
                name: "dqn", measure: .rate("steps/s", work: 50), bar: .ratio(1),
                rival: .python(script: peerScript, arguments: ["dqn"])
            ) { DoubleQStep().fiftySteps },
        ]
    }

    private static let chainLength = 1000
    private static let chainRounds = 50

    /// A thousand operations on single numbers, recorded and walked back: nothing but what the tape itself costs.
    private static func chain() -> () -> Void {
        let tape = Tape()
        let (start, factor) = (
            Matrix(rows: 1, columns: 1, repeating: 0.5), Matrix(rows: 1, columns: 1, repeating: 0.999)
        )
        return {
            for _ in 0..<chainRounds {
                tape.reset()
                let weight = tape.parameter(factor)
                var value = tape.constant(start)
                for _ in 0..<chainLength / 2 { value = tape.add(tape.multiply(value, weight), weight) }
                tape.backward(from: value)
            }
        }
    }

    private static let networksInPyTorch = """
        import sys, time
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(1)
        net = torch.nn.Sequential(torch.nn.Linear(256, 256), torch.nn.ReLU(), torch.nn.Linear(256, 256))
        x = torch.randn(256, 256)
        weight, start = torch.full((1, 1), 0.999, requires_grad=True), torch.full((1, 1), 0.5)

        def mlp():
            for _ in range(20):
                for p in net.parameters():
                    p.grad = None
                net(x).sum().backward()

        def chain():
            for _ in range(50):
                weight.grad = None
                value = start
                for _ in range(500):
                    value = value * weight + weight
                value.backward()

        work = globals()[sys.argv[1]]
        print("PyTorch", torch.__version__, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            work()
            print(time.process_time() - begin, flush=True)
        """
}

/// Forward and backward of a network 256-256-256 at batch 256.
private final class PerceptronStep {
    static let repetitions = 20
    private static let side = 256
    private var network = MLP(sizes: [side, side, side], stream: RandomStream(seed: 1, name: "mlp"))
    private let tape = Tape()
    private let input = NumericsSuite.normalMatrix(rows: side, columns: side)
    private let fields = (Field(side * side), Field(side * side), Field(side * side))

    func steps() {
        for _ in 0..<Self.repetitions {
            tape.reset()
            let handles = network.recorded(on: tape)
            let output = network.forward(tape.constant(input), parameters: handles, on: tape)
            tape.backward(from: tape.sum(output))
        }
    }

    /// Two products forward; two for the weights' gradients and one for the hidden layer's backward.
    func productsAlone() {
        for _ in 0..<Self.repetitions {
            for (transposeA, transposeB) in [
                (false, true), (false, true), (true, false), (false, false), (true, false),
            ] {
                multiply(transposeA, transposeB)
            }
        }
    }

    private func multiply(_ transposeA: Bool, _ transposeB: Bool) {
        let (side, count) = (Self.side, Self.side * Self.side)
        GEMM.current.gemm(
            transposeA: transposeA, transposeB: transposeB, m: side, n: side, k: side, alpha: 1,
            a: UnsafeBufferPointer(start: fields.0.start, count: count),
            b: UnsafeBufferPointer(start: fields.1.start, count: count), beta: 0,
            c: UnsafeMutableBufferPointer(start: fields.2.start, count: count))
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
