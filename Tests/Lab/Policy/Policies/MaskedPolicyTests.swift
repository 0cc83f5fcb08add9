import LabDomain
import LabNumerics
import LabSimulation
import RealModule
import Testing

@testable import LabPolicy

/// No policy of any kind gives mass to what a mask forbids.
@Suite struct MaskedPolicyTests {
    static let schema = StateSchema(name: "masked", version: 1, features: ["a", "b", "c", "d"])
    static let actions = 6

    static func network(_ seed: UInt64, rewardScale: Float = 5) -> QNetwork {
        QNetwork(
            LearningFrame(
                schema: schema, actionCount: actions, mean: [0.5, 0, -1, 2], deviation: [1, 2, 0.5, 1],
                rewardScale: rewardScale),
            network: MLP(sizes: [4, 16, actions], stream: RandomStream(seed: seed, name: "network")))
    }

    static func constrained(_ threshold: Double) -> ConstrainedPolicy {
        ConstrainedPolicy(values: network(1), imitation: network(2, rewardScale: 1), threshold: threshold)
    }

    /// Every kind of policy; the segmented one has a part of each.
    static func policies() throws -> [any PolicyScorer] {
        let fixed = FixedPolicy(schema: schema, actionCount: actions, preferences: [3, 1, 5, 0, 2, 4])
        let parts: [any PolicyScorer] = [
            GreedyPolicy(network(1)), GreedyPolicy(network(1), epsilon: 0.3),
            SoftmaxPolicy(network(2), temperature: 0.01),
            SoftmaxPolicy(network(2), temperature: 20), constrained(0), constrained(0.3), constrained(1), fixed,
            try MixturePolicy(GreedyPolicy(network(3)), share: 0.4, behavior: fixed),
        ]
        let segmented = try SegmentedPolicy(
            rule: SegmentRule(features: [0, 1, 2], margin: 0.5), segments: [parts[1], nil, parts[5]], fallback: parts[3]
        )
        return parts + [segmented]
    }

    @Test func masksAreNeverViolated() throws {
        let rows = 300
        let (states, permitted) = ONNXExportTests.rows(rows, width: 4, actions: Self.actions)
        for policy in try Self.policies() {
            let found = try policy.probabilities(states: states, permitted: permitted)
            #expect(zip(found, permitted).allSatisfy { $1 ? $0 >= 0 : $0 == 0 }, "\(policy)")
            for row in 0..<rows {
                let sum = found[row * Self.actions..<(row + 1) * Self.actions].reduce(0, +)
                #expect(abs(sum - 1) < 1e-5, "\(type(of: policy))")
            }
        }
    }

    @Test func aMaskThatLeavesNothingIsNamedByItsRow() throws {
        var (states, permitted) = ONNXExportTests.rows(9, width: 4, actions: Self.actions)
        for action in 0..<Self.actions { permitted[7 * Self.actions + action] = false }
        // Row 7 is the only one of its segment.
        for row in 0..<9 { for feature in 0..<3 { states[row * 4 + feature] = feature == (row == 7 ? 2 : 0) ? 2 : 0 } }
        for policy in try Self.policies() {
            #expect(throws: PolicyError.nothingPermitted(row: 7), "\(type(of: policy))") {
                try policy.probabilities(states: states, permitted: permitted)
            }
            #expect(throws: PolicyError.self) {
                try policy.probabilities(states: states, permitted: Array(permitted.dropLast()))
            }
        }
    }

    @Test func softmaxIsTheShareOfExponentials() throws {
        let policy = SoftmaxPolicy(Self.network(2), temperature: 0.7)
        let (states, permitted) = ONNXExportTests.rows(20, width: 4, actions: Self.actions)
        let scores = try policy.network.values(states)
        let found = try policy.probabilities(states: states, permitted: permitted)
        for row in 0..<20 {
            let open = (0..<Self.actions).filter { permitted[row * Self.actions + $0] }
            let weights = open.map { Double.exp(Double(scores[row, $0]) / 0.7) }
            let sum = weights.reduce(0, +)
            for (action, weight) in zip(open, weights) {
                #expect(abs(Double(found[row * Self.actions + action]) - weight / sum) < 1e-5)
            }
        }
        // Scores as large as they come do not overflow.
        let cold = SoftmaxPolicy(Self.network(2), temperature: 1e-6)
        #expect(try cold.probabilities(states: states, permitted: permitted).allSatisfy { $0.isFinite })
    }

    /// The best permitted action among those whose imitated probability is at least the threshold of the likeliest
    /// permitted one's: figure 1 of Fujimoto et al. by the definition.
    @Test(arguments: [0, 0.1, 0.5, 0.9, 1])
    func constrainedIsItsDefinition(threshold: Double) throws {
        let policy = Self.constrained(threshold)
        let (states, permitted) = ONNXExportTests.rows(200, width: 4, actions: Self.actions)
        let (values, logits) = (try policy.values.values(states), try policy.imitation.values(states))
        let found = try policy.probabilities(states: states, permitted: permitted)
        var restricted = 0
        for row in 0..<200 {
            let open = (0..<Self.actions).filter { permitted[row * Self.actions + $0] }
            let shares = open.map { Double.exp(Double(logits[row, $0])) }
            let top = shares.max() ?? 0
            let left = zip(open, shares).filter { $0.1 >= threshold * top * (1 - 1e-7) }.map(\.0)
            if left.count < open.count { restricted += 1 }
            let best = left.max { values[row, $0] < values[row, $1] }
            #expect((0..<Self.actions).filter { found[row * Self.actions + $0] == 1 } == [best], "row \(row)")
        }
        // The imitation's shares lie near one another, so that only a high threshold leaves actions out.
        #expect(threshold == 0 ? restricted == 0 : threshold < 0.5 || restricted > 20, "\(restricted)")
    }

    @Test func unclearSegmentsFallBack() throws {
        func only(_ action: Int) -> FixedPolicy {
            FixedPolicy(schema: Self.schema, actionCount: Self.actions, preferences: [action])
        }
        let policy = try SegmentedPolicy(
            rule: SegmentRule(features: [3, 0, 2], margin: 0.5), segments: [only(0), only(1), nil], fallback: only(5))
        let all = [Bool](repeating: true, count: Self.actions)
        // Features 3, 0 and 2 tell segments 0, 1 and 2; feature 1 tells nothing.
        for (state, action) in [
            ([0, 9, 0, 0.5], 0), ([0, 9, 0, 0.49], 5), ([2, 0, 1.5, 1], 1), ([2, 0, 1.51, 1], 5), ([0, 0, 3, 0], 5),
            ([-1, 0, -2, -3], 1), ([1, 0, 0, 1], 5), ([.nan, 0, .nan, .nan], 5),
        ] as [([Float], Int)] {
            let found = try policy.probabilities(states: state, permitted: all)
            #expect(found.firstIndex(of: 1) == action, "\(state)")
        }
        // Rows keep their order whatever group decides on them.
        let states: [Float] = [0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0]
        let found = try policy.probabilities(states: states, permitted: all + all + all + all)
        let chosen = (0..<4).map { row in (0..<Self.actions).first { found[row * Self.actions + $0] == 1 } }
        #expect(chosen == [5, 1, 0, 1])
        let narrow = QNetwork(
            LearningFrame(schema: Self.schema, actionCount: 2),
            network: MLP(sizes: [4, 2], stream: RandomStream(seed: 1, name: "n")))
        #expect(throws: PolicyError.self) {
            try SegmentedPolicy(rule: policy.rule, segments: [GreedyPolicy(narrow)], fallback: only(5))
        }
    }
}
