import Foundation
import LabDomain
import LabNumerics
import LabSimulation
import LabTestKit
import Testing

@testable import LabPolicy

@Suite struct ONNXExportTests {
    static func policy(
        sizes: [Int], activation: Activation = .relu, epsilon: Double = 0, seed: UInt64 = 1
    ) -> GreedyPolicy {
        var stream = RandomStream(seed: seed, name: "normalisation")
        let width = sizes[0]
        let mean = (0..<width).map { _ in stream.nextFloat() * 4 - 2 }
        let deviation = (0..<width).map { _ in stream.nextFloat() + 0.1 }
        return GreedyPolicy(
            QNetwork(
                LearningFrame(
                    schema: StateSchema(name: "random", version: 2, features: (0..<width).map { "f.\($0)" }),
                    actionCount: sizes[sizes.count - 1], mean: mean, deviation: deviation, rewardScale: 5),
                network: MLP(sizes: sizes, activation: activation, stream: RandomStream(seed: seed, name: "network"))),
            epsilon: epsilon)
    }

    static func rows(_ count: Int, width: Int, actions: Int, seed: UInt64 = 2) -> (states: [Float], permitted: [Bool]) {
        var stream = RandomStream(seed: seed, name: "rows")
        let states = (0..<count * width).map { _ in stream.nextFloat() * 6 - 3 }
        var permitted = (0..<count * actions).map { _ in stream.nextFloat() < 0.6 }
        for row in 0..<count { permitted[row * actions + stream.nextInt(below: actions)] = true }
        return (states, permitted)
    }

    static func worst(_ a: [Float], _ b: [Float]) -> Float {
        a.count == b.count ? zip(a, b).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0 : .infinity
    }

    static let networks: [(sizes: [Int], activation: Activation, epsilon: Double)] = [
        ([33, 64, 64, 12], .relu, 0), ([3, 2], .relu, 0.1), ([7, 33, 5], .tanh, 0), ([32, 256, 256, 12], .relu, 0.05),
        ([5, 16, 49], .gelu, 0), ([4, 8, 8, 8, 3], .geluTanh, 0), ([6, 9, 4], .silu, 0), ([6, 9, 1], .sigmoid, 0),
    ]

    /// The model that is written, evaluated by our own operators, is the policy.
    @Test(arguments: networks)
    func ourEvaluatorGivesThePolicyBack(sizes: [Int], activation: Activation, epsilon: Double) throws {
        let policy = Self.policy(sizes: sizes, activation: activation, epsilon: epsilon)
        let model = try ONNXExport().model(policy)
        let copy = try ONNXPolicy(ONNXModel(decoding: [UInt8](model.encoded()), file: "m"), file: "m")
        #expect(copy.schema == policy.schema && copy.reading == .probabilities)
        let (states, permitted) = Self.rows(50, width: sizes[0], actions: policy.actionCount)
        let ours = try policy.probabilities(states: states, permitted: permitted)
        let theirs = try copy.probabilities(states: states, permitted: permitted)
        #expect(Self.worst(theirs, ours) < 1e-5)
        #expect(Self.worst(try copy.scores(states: states).elements, try policy.network.values(states).elements) < 1e-5)
    }

    /// The real onnxruntime computes the same Q values, probabilities and actions to 1e-5.
    @Test(.enabled(if: ClientPython.isInstalled, "make test installs the clients"), arguments: networks)
    func theRuntimeGivesTheSame(sizes: [Int], activation: Activation, epsilon: Double) throws {
        let folder = try ONNXFolder()
        let file = folder.url.appending(path: ONNXExport.file)
        let policy = Self.policy(sizes: sizes, activation: activation, epsilon: epsilon)
        try ONNXExport.write(policy, to: file)
        let actions = policy.actionCount
        let (states, permitted) = Self.rows(64, width: sizes[0], actions: actions)
        let results = try ONNXRuntime.outputs(
            file, states: states, width: sizes[0], permitted: permitted, actions: actions)
        let ours = try policy.probabilities(states: states, permitted: permitted)
        #expect(Self.worst(try #require(results["scores"]), try policy.network.values(states).elements) < 1e-5)
        #expect(Self.worst(try #require(results["probabilities"]), ours) < 1e-5)
        let chosen = (0..<64).map { row in
            Float((0..<actions).max { ours[row * actions + $0] < ours[row * actions + $1] } ?? -1)
        }
        #expect(results["action"] == chosen)
    }

    @Test func theModelSaysWhatItIs() throws {
        let policy = Self.policy(sizes: [3, 4, 2], epsilon: 0.25)
        var export = ONNXExport()
        export.actionNames = ["inform/0", "wait 1"]
        export.discount = 0.97
        export.safeguard = "safeguard 1"
        let model = try export.model(policy)
        #expect(model.opset == 17 && model.irVersion == 8)
        #expect(model.metadata["lab.environment"] == "simulation" && model.metadata["lab.safeguard"] == "safeguard 1")
        #expect(model.metadata["lab.discount"] == "0.97" && model.metadata["lab.epsilon"] == "0.25")
        #expect(model.metadata["lab.rewardScale"] == "5.0" && model.metadata["lab.schemaDigest"]?.count == 64)
        let copy = try ONNXPolicy(model, file: "m")
        #expect(copy.actionNames == ["inform/0", "wait 1"])
        let weights = model.graph.initialisers.map(\.name)
        #expect(weights.contains("observation.mean") && weights.contains("q.layers.1.weight"))
        #expect(try export.model(policy).encoded() == model.encoded())
    }

    /// Both refuse a file in which a weight lacks four bytes.
    @Test(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
    func aSpoiledFileIsRefusedByBoth() throws {
        let folder = try ONNXFolder()
        let file = folder.url.appending(path: ONNXExport.file)
        try ONNXExport.write(Self.policy(sizes: [3, 4, 2]), to: file)
        var bytes = try Data(contentsOf: file)
        bytes.removeSubrange(bytes.count / 2..<bytes.count / 2 + 4)
        try bytes.write(to: file)
        #expect(throws: (any Error).self) { try ONNXPolicy(contentsOf: file) }
        let result = try ClientPython.run(
            "import sys, onnxruntime; onnxruntime.InferenceSession(sys.argv[1])", [file.path])
        #expect(result.status != 0 && result.output.contains("InvalidProtobuf"), "\(result.output)")
    }

    private static func sharp(_ policy: GreedyPolicy) -> SoftmaxPolicy {
        SoftmaxPolicy(policy.network, temperature: 0.3)
    }

    /// An imitation with other weights than the values', which leaves out some actions.
    private static func constrained(_ policy: GreedyPolicy) -> ConstrainedPolicy {
        let imitation = MLP(sizes: policy.network.network.sizes, stream: RandomStream(seed: 6, name: "imitation"))
        return ConstrainedPolicy(
            values: policy.network, imitation: QNetwork(policy.network.frame, network: imitation, rewardScale: 1),
            threshold: 0.9)
    }

    @Test func otherKindsOfPolicyAreWrittenToo() throws {
        let schema = EmoSeqParameters.presetS.schema
        let fixed = FixedPolicy.alwaysPromote(schema: schema)
        let greedy = GreedyPolicy(
            QNetwork(
                LearningFrame(schema: schema, actionCount: 12),
                network: MLP(sizes: [schema.features.count, 8, 12], stream: RandomStream(seed: 5, name: "n"))))
        let mixture = try MixturePolicy(greedy, share: 0.25, behavior: fixed)
        var (states, permitted) = Self.rows(20, width: schema.features.count, actions: 12)
        states[0] = 1
        for row in 0..<20 { permitted[row * 12 + 9] = true }
        let segmented = try SegmentedPolicy(
            rule: SegmentRule(features: [0, 1, 2, 3], margin: 0.5), segments: [greedy, nil, Self.sharp(greedy), nil],
            fallback: Self.constrained(greedy))
        for policy in [fixed, mixture, Self.sharp(greedy), Self.constrained(greedy), segmented] as [any PolicyScorer] {
            let copy = try ONNXPolicy(ONNXExport().model(policy), file: "m")
            let ours = try policy.probabilities(states: states, permitted: permitted)
            #expect(Self.worst(try copy.probabilities(states: states, permitted: permitted), ours) < 1e-5)
        }
        #expect(throws: PolicyError.self) { try ONNXExport().model(EmoSeqLoggingPolicy()) }
        #expect(throws: PolicyError.self) {
            try ONNXExport().model(MixturePolicy(greedy, share: 0.5, behavior: EmoSeqLoggingPolicy()))
        }
    }

    /// Rows of four numbers whose first three tell the segment: now clear, now not, now at the edge.
    private static func segmentedRows() -> (states: [Float], permitted: [Bool]) {
        var (states, permitted) = rows(96, width: 4, actions: MaskedPolicyTests.actions)
        for row in 0..<96 where row.isMultiple(of: 4) {
            states[4 * row] = 1
            states[4 * row + 1] = row.isMultiple(of: 8) ? 0.5 : 1
            states[4 * row + 2] = 0
        }
        return (states, permitted)
    }

    private static func dueling() -> GreedyPolicy {
        let network = ActionNetwork(
            inputs: 4, hidden: [16, 8], outputs: MaskedPolicyTests.actions, isDueling: true,
            stream: RandomStream(seed: 8, name: "network"))
        return GreedyPolicy(QNetwork(MaskedPolicyTests.network(1).frame, network: network.plain))
    }

    /// The real onnxruntime computes every other kind of policy to 1e-5 too.
    @Test(.enabled(if: ClientPython.isInstalled, "make test installs the clients"))
    func theRuntimeGivesOtherKindsTheSame() throws {
        let (states, permitted) = Self.segmentedRows()
        let actions = MaskedPolicyTests.actions
        for (number, policy) in try ([Self.dueling()] + MaskedPolicyTests.policies()).enumerated() {
            let folder = try ONNXFolder()
            let file = folder.url.appending(path: ONNXExport.file)
            try ONNXExport.write(policy, to: file)
            let results = try ONNXRuntime.outputs(
                file, states: states, width: 4, permitted: permitted, actions: actions)
            let ours = try policy.probabilities(states: states, permitted: permitted)
            let theirs = try #require(results["probabilities"])
            #expect(Self.worst(theirs, ours) < 1e-5, "\(number), \(type(of: policy))")
            #expect(zip(theirs, permitted).allSatisfy { $1 || $0 == 0 }, "\(number), \(type(of: policy))")
            let copy = try ONNXPolicy(contentsOf: file)
            #expect(Self.worst(try copy.probabilities(states: states, permitted: permitted), ours) < 1e-5)
        }
    }

    /// The parts that dueling networks, imitation thresholds and networks for each segment are made of.
    @Test func theBuildersPartsCompute() throws {
        var graph = ONNXGraphBuilder()
        let (a, v) = (graph.input("a", columns: 3), graph.input("v", columns: 1))
        graph.output("dueling", graph.dueling(value: v, advantage: a), columns: 3)
        graph.output("least", graph.subtractMaximum(a), columns: 3)
        let share = graph.softmax(a)
        let likely = graph.isGreater(graph.divide(share, by: graph.maximum(share)), than: graph.constant(0.3))
        graph.output("imitated", graph.number(likely), columns: 3)
        let segment = graph.place(ofLargestIn: graph.columns(1..<3, of: a))
        graph.output("segment", graph.choose(segment, among: [v, graph.scale(v, by: -10)]), columns: 1)
        graph.output("joined", graph.join([v, a]), columns: 4)
        let program = try ONNXProgram(ONNXModel(graph: graph.graph), file: "m")
        let results = try program.run([
            "a": ONNXTensor(shape: [2, 3], [1, 2, 3, 0, 5, -5]), "v": ONNXTensor(shape: [2, 1], [10, 20]),
        ])
        #expect(results["dueling"]?.floats == [9, 10, 11, 20, 25, 15])
        #expect(results["least"]?.floats == [-2, -1, 0, -5, 0, -10])
        #expect(results["imitated"]?.floats == [0, 1, 1, 0, 1, 0])
        #expect(results["segment"]?.floats == [-100, 20])
        #expect(results["joined"]?.floats == [10, 1, 2, 3, 20, 0, 5, -5])
    }
}
