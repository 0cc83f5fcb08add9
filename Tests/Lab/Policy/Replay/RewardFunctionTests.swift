import LabDomain
import LabSimulation
import Testing

@testable import LabPolicy

@Suite struct RewardFunctionTests {
    /// Two journeys: three decisions that end in the customer's leaving, and one decision that does not.
    private static func log(unknown: JourneyOutcome? = nil, isRead: Bool = true) throws -> JourneyLog {
        let read = [SIMD3<Float>(0.5, 0.25, 0.25), SIMD3(0.25, 0.5, 0.25), SIMD3(0.75, 0.25, 0)]
        var log = JourneyLog(
            schema: StateSchema(name: "hand", version: 1, features: ["x"]), actionCount: 2, discount: 0.5)
        let outcomes: [JourneyOutcome] = [
            JourneyOutcome(engagements: 1, conversions: 0, complaints: 0, revenue: 0, cost: 0.5),
            JourneyOutcome(engagements: 2, conversions: 1, complaints: 0, revenue: 30, cost: 0.25),
            unknown ?? JourneyOutcome(engagements: 0, conversions: 0, complaints: 1, revenue: 0, cost: 0),
        ]
        var decisions: [JourneyDecision] = []
        for step in 0..<3 {
            let reading = isRead || step != 1 ? read[step] : SIMD3(repeating: Float.nan)
            decisions.append(
                JourneyDecision(
                    observation: [Float(step)], action: 0, reward: Double(10 * (step + 1)), elapsed: Int32(step + 1),
                    propensity: 1, permitted: [true, true], reading: reading, outcome: outcomes[step]))
        }
        try log.append(customer: 0, segment: 0, decisions: decisions, ending: [3], terminal: true)
        try log.append(
            customer: 1, segment: 0,
            decisions: [
                JourneyDecision(
                    observation: [0], action: 1, reward: -4, elapsed: 2, propensity: 1, permitted: [true, true],
                    outcome: JourneyOutcome(engagements: 0, conversions: 0, complaints: 0, revenue: 5, cost: 1))
            ], ending: [1], terminal: false)
        return log
    }

    private static func only(_ change: (inout RewardFunction) -> Void) -> RewardFunction {
        var reward = RewardFunction()
        reward.logged = 0
        change(&reward)
        return reward
    }

    /// What each part alone makes of that log, worked out by hand.
    static let parts: [(name: String, reward: RewardFunction, expected: [Double])] = [
        ("logged", RewardFunction(), [10, 20, 30, -4]),
        ("logged, doubled", only { $0.logged = 2 }, [20, 40, 60, -8]),
        ("engagement", only { $0.engagement = 0.5 }, [0.5, 1, 0, 0]),
        ("conversion", only { $0.conversion = 8 }, [0, 8, 0, 0]),
        ("revenue", only { $0.revenue = 0.1 }, [0, 3, 0, 0.5]),
        ("cost", only { $0.cost = 2 }, [-1, -0.5, 0, -2]),
        ("longTermValue", only { $0.longTermValue = 0.25 }, [0.25, 0.5, 0.75, 0.5]),
        ("complaintPenalty", only { $0.complaintPenalty = 7 }, [0, 0, -7, 0]),
        ("churnPenalty", only { $0.churnPenalty = 9 }, [0, 0, -9, 0]),
        // The reading that came after, which the last decision has none of.
        ("negativeEmotionPenalty", only { $0.negativeEmotionPenalty = 4 }, [-1, -3, 0, 0]),
        (
            "a sum",
            only {
                $0.logged = 1
                $0.conversion = 1
                $0.churnPenalty = 1
            }, [10, 21, 29, -4]
        ),
    ]

    @Test(arguments: parts.indices)
    func eachPartIsWhatItSays(_ index: Int) throws {
        let part = Self.parts[index]
        let found = try part.reward.rewards(of: Self.log())
        #expect(found.count == 4)
        for (mine, expected) in zip(found, part.expected) { #expect(abs(mine - expected) < 1e-6, "\(part.name)") }
        try part.reward.validate()
        // Agents see it in units of the scale.
        let dataset = try OfflineDataset(Self.log(), rewardScale: 5, reward: part.reward)
        for (mine, expected) in zip(dataset.transitions.rewards, part.expected) {
            #expect(abs(Double(mine) - expected / 5) < 1e-6, "\(part.name)")
        }
    }

    @Test func whatALogDoesNotKnowIsNamedByEpisodeAndStep() throws {
        let log = try Self.log(unknown: .unknown)
        func refused(_ component: String, _ change: (inout RewardFunction) -> Void) {
            #expect(throws: PolicyError.rewardNotKnown(component: component, episode: 0, step: 2)) {
                try Self.only(change).rewards(of: log)
            }
        }
        refused("engagement") { $0.engagement = 1 }
        refused("conversion") { $0.conversion = 1 }
        refused("revenue") { $0.revenue = 1 }
        refused("cost") { $0.cost = 1 }
        refused("complaintPenalty") { $0.complaintPenalty = 1 }
        let unread = try Self.log(isRead: false)
        #expect(throws: PolicyError.rewardNotKnown(component: "negativeEmotionPenalty", episode: 0, step: 0)) {
            try Self.only { $0.negativeEmotionPenalty = 1 }.rewards(of: unread)
        }
        // What it does know is enough for the rest.
        #expect(try Self.only { $0.longTermValue = 1 }.rewards(of: log) == [1, 2, 3, 2])
        #expect(throws: PolicyError.self) {
            try OfflineDataset(log, rewardScale: 1, reward: Self.only { $0.revenue = 1 })
        }
    }

    @Test func weightsThatCannotWorkAreRefused() {
        func refused(_ name: String, _ change: (inout RewardFunction) -> Void) {
            var reward = RewardFunction()
            change(&reward)
            do {
                try reward.validate()
                Issue.record("\(name) was accepted")
            } catch PolicyError.invalidSetting(let found, _, _) {
                #expect(found == name)
            } catch {
                Issue.record("\(error)")
            }
        }
        refused("logged") { $0.logged = 0 }
        refused("logged") { $0.logged = .nan }
        refused("engagement") { $0.engagement = .infinity }
        refused("longTermValue") { $0.longTermValue = -.infinity }
        refused("cost") { $0.cost = -1 }
        refused("complaintPenalty") { $0.complaintPenalty = -0.1 }
        refused("churnPenalty") { $0.churnPenalty = .nan }
        refused("negativeEmotionPenalty") { $0.negativeEmotionPenalty = -2 }
    }
}
