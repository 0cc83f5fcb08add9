import LabDomain
import LabNumerics
import LabSimulation
import Testing

@testable import LabPolicy

@Suite struct ShapleyTests {
    /// Any function of states as a scorer.
    struct Formula: ActionScorer {
        let schema: StateSchema
        let actionCount: Int
        let function: @Sendable ([Float]) -> [Float]

        init(features: [String], actions: Int, _ function: @escaping @Sendable ([Float]) -> [Float]) {
            schema = StateSchema(name: "formula", version: 1, features: features)
            actionCount = actions
            self.function = function
        }

        func scores(states: [Float]) throws -> Matrix {
            let width = schema.features.count
            return Matrix(
                rows: states.count / width, columns: actionCount,
                elements: stride(from: 0, to: states.count, by: width).flatMap {
                    function(Array(states[$0..<$0 + width]))
                })
        }
    }

    static func background(_ rows: Int, width: Int, seed: UInt64 = 3) -> [Float] {
        var stream = RandomStream(seed: seed, name: "background")
        return (0..<rows * width).map { _ in stream.nextFloat() * 2 - 1 }
    }

    static let stream = RandomStream(seed: 6, name: "orders")

    /// Every feature by itself.
    static func single(_ width: Int) -> [FeatureGroup] { (0..<width).map { FeatureGroup("\($0)", features: [$0]) } }

    @Test func groupsFollowTheNames() {
        let groups = EmoSeqParameters.presetS.schema.featureGroups
        #expect(
            groups.map(\.name) == [
                "segment.proxy", "reading", "sentiment.smoothed", "engagement.smoothed", "spend.smoothed", "recency",
                "contacts.smoothed", "since.contact", "creative.last", "channel.last", "time", "nuisance",
            ])
        #expect(groups[1].features == [4, 5, 6])
        #expect(groups.flatMap(\.features).sorted() == Array(EmoSeqParameters.presetS.schema.features.indices))
    }

    /// Of a linear function the value of a feature is weight · (x − mean of the background), whatever the orders.
    @Test func aLinearFunctionHasItsClosedForm() throws {
        let weights: [Float] = [2, -1, 0.5, 0, 3]
        let scorer = Formula(features: ["a", "b", "c", "d", "e"], actions: 1) { x in
            [zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 }]
        }
        let background = Self.background(40, width: 5)
        let explainer = try ShapleyExplainer(scorer, background: background)
        let state: [Float] = [1, 2, -3, 4, 0.25]
        let values = try explainer.values(of: state, target: [1], stream: Self.stream)
        for feature in 0..<5 {
            let mean = stride(from: feature, to: 200, by: 5).reduce(0.0) { $0 + Double(background[$1]) } / 40
            let expected = Double(weights[feature]) * (Double(state[feature]) - mean)
            #expect(abs(values.shares[feature].value - expected) < 1e-5)
        }
        #expect(values.bySize.first?.group == "a" || values.bySize.first?.group == "b")
        #expect(values.shares[3].value.magnitude < 1e-5)
    }

    /// Products, a maximum and a group of two features: sampled values lie within four standard errors of exact ones, and
    /// come close as orders grow.
    @Test func sampledValuesAreTheExactOnes() throws {
        let scorer = Formula(features: ["a", "b.0", "b.1", "c", "d", "e", "f", "g"], actions: 2) { x in
            [x[0] * x[1] * x[2] + max(x[3], x[4]) * x[5], x[6] - 2 * x[7] * x[0]]
        }
        let explainer = try ShapleyExplainer(scorer, background: Self.background(12, width: 8), orders: 60)
        #expect(explainer.groups.count == 7)
        let state: [Float] = [1.5, -2, 1, 0.5, 2, 1.25, -1, 0.75]
        for target in [[1, 0], [1, -1], [0.5, 2]] as [[Float]] {
            let exact = try explainer.exactValues(of: state, target: target)
            let sampled = try explainer.values(of: state, target: target, stream: Self.stream)
            #expect(abs(exact.value - sampled.value) < 1e-6 && abs(exact.background - sampled.background) < 1e-5)
            for (one, other) in zip(exact.shares, sampled.shares) {
                #expect(one.group == other.group)
                #expect(abs(one.value - other.value) < max(4 * other.standardError, 1e-5), "\(one.group)")
                #expect(abs(one.value - other.value) < 0.15, "\(one.group)")
            }
        }
    }

    /// The values sum to the difference to the background's mean, exactly and for few orders too.
    @Test func nothingIsLost() throws {
        let policy = ONNXExportTests.policy(sizes: [12, 32, 32, 5])
        let explainer = try ShapleyExplainer(policy, background: Self.background(7, width: 12), groups: Self.single(12))
        var stream = RandomStream(seed: 8, name: "states")
        for _ in 0..<5 {
            let state = (0..<12).map { _ in stream.nextFloat() * 4 - 2 }
            for target in [[1, 0, 0, 0, 0], [0, 1, 0, -1, 0]] as [[Float]] {
                let values = try explainer.values(of: state, target: target, stream: Self.stream)
                let sum = values.shares.reduce(0) { $0 + $1.value }
                #expect(abs(sum - (values.value - values.background)) < 1e-4)
            }
        }
    }

    @Test func equalStreamsGiveEqualValues() throws {
        let policy = ONNXExportTests.policy(sizes: [6, 8, 3])
        let explainer = try ShapleyExplainer(policy, background: Self.background(5, width: 6), groups: Self.single(6))
        let state: [Float] = [1, 2, 3, 4, 5, 6]
        let first = try explainer.values(of: state, target: [1, 0, 0], stream: Self.stream)
        #expect(try explainer.values(of: state, target: [1, 0, 0], stream: Self.stream) == first)
        let other = RandomStream(seed: 7, name: "orders")
        #expect(try explainer.values(of: state, target: [1, 0, 0], stream: other) != first)
    }

    @Test func whatCannotWorkIsRefused() throws {
        let policy = ONNXExportTests.policy(sizes: [6, 8, 3])
        let background = Self.background(5, width: 6)
        #expect(throws: PolicyError.self) { try ShapleyExplainer(policy, background: []) }
        #expect(throws: PolicyError.self) { try ShapleyExplainer(policy, background: [1, 2]) }
        #expect(throws: PolicyError.self) { try ShapleyExplainer(policy, background: background, orders: 0) }
        #expect(throws: PolicyError.self) {
            try ShapleyExplainer(policy, background: background, groups: [FeatureGroup("a", features: [0, 1])])
        }
        let explainer = try ShapleyExplainer(policy, background: background)
        #expect(throws: PolicyError.self) {
            try explainer.values(of: [1], target: [1, 0, 0], stream: Self.stream)
        }
        #expect(throws: PolicyError.nothingPermitted(row: 0)) {
            try explainer.decision(
                [1, 2, 3, 4, 5, 6], permitted: [false, false, false], stream: Self.stream)
        }
        let broken = Formula(features: ["a"], actions: 1) { [$0[0] / 0] }
        #expect(throws: PolicyError.self) {
            try ShapleyExplainer(broken, background: [1]).values(of: [1], target: [1], stream: Self.stream)
        }
    }
}
