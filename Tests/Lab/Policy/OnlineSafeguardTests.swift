import LabDomain
import LabNumerics
import LabSafeguards
import LabSimulation
import Synchronization
import Testing

@testable import LabPolicy

/// Learning by acting on people: what the safeguards forbid never happens, and a budget is kept.
@Suite struct OnlineSafeguardTests {
    /// What was done to whom.
    final class Watch: Sendable {
        struct Counts {
            var decisions = 0
            var distressed = 0
            var unknown = 0
            var promotions = 0
            var promotionsToDistressed = 0
            var promotionsToUnknown = 0
        }

        private let counts = Mutex(Counts())
        var seen: Counts { counts.withLock { $0 } }
        func note(_ change: (inout Counts) -> Void) { counts.withLock { change(&$0) } }
    }

    /// The simulator, with somebody at the door who counts.
    struct Watched: CustomerEnvironment {
        var base: EmoSeqEnvironment
        let kinds: [CreativeKind?]
        let watch: Watch

        var schema: StateSchema { base.schema }
        var actionCount: Int { base.actionCount }
        var horizon: Int { base.horizon }
        var discount: Double { base.discount }

        mutating func reset(customers: Range<Int>, into batch: inout EnvironmentBatch) {
            base.reset(customers: customers, into: &batch)
        }

        mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
            for place in actions.indices {
                let reading = batch.readings[3 * place..<3 * place + 3].map(Double.init)
                let assessment = Safeguard().assess(
                    negative: reading[0], neutral: reading[1], positive: reading[2])
                let promotes = kinds[Int(actions[place])] == .promote
                watch.note { counts in
                    counts.decisions += 1
                    counts.promotions += promotes ? 1 : 0
                    if assessment == .distressed {
                        counts.distressed += 1
                        counts.promotionsToDistressed += promotes ? 1 : 0
                    } else if assessment == .unknown {
                        counts.unknown += 1
                        counts.promotionsToUnknown += promotes ? 1 : 0
                    }
                }
            }
            try base.step(actions: actions, into: &batch)
        }
    }

    private static let parameters = try? EmoSeqParameters.preset(named: "S", switches: .exploitable)

    private func watched(_ watch: Watch) throws -> Watched {
        let parameters = try #require(Self.parameters)
        return Watched(
            base: try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 4, name: "customers")),
            kinds: parameters.actions.map(\.creative), watch: watch)
    }

    private func online() -> OnlineSettings {
        var online = OnlineSettings()
        online.decisions = 4_000
        online.learningStarts = 500
        online.trainInterval = 4
        online.bufferSize = 2_000
        online.actors = 16
        return online
    }

    private func settings() -> TrainingSettings { AgentTests.settings(hidden: [16], steps: 1, batchSize: 16) }

    @Test(arguments: [Exploration.Kind.epsilonGreedy, .boltzmann])
    func nobodyInDistressIsPromotedTo(_ kind: Exploration.Kind) throws {
        let watch = Watch()
        var online = online()
        online.exploration.kind = kind
        var training = try OnlineTraining(
            DQN(), settings(), online: online, in: watched(watch), safeguard: Safeguard(),
            table: try #require(Self.parameters).actionTable, horizonEnds: true,
            stream: RandomStream(seed: 5, name: "agent"))
        while !training.isFinished { _ = try training.step() }
        let seen = watch.seen
        #expect(seen.decisions == 4_000 && seen.distressed > 500 && seen.unknown > 50 && seen.promotions > 200)
        #expect(seen.promotionsToDistressed == 0 && seen.promotionsToUnknown == 0)
    }

    /// Without a safeguard the same agent does: the test above can fail.
    @Test func withoutASafeguardTheyWouldBe() throws {
        let watch = Watch()
        var training = try OnlineTraining(
            DQN(), settings(), online: online(), in: watched(watch), horizonEnds: true,
            stream: RandomStream(seed: 5, name: "agent"))
        while !training.isFinished { _ = try training.step() }
        #expect(watch.seen.promotionsToDistressed > 100)
    }

    @Test func aBudgetIsKeptAtEveryDecision() throws {
        let watch = Watch()
        let parameters = try #require(Self.parameters)
        let behavior = EmoSeqLoggingPolicy(parameters)
        let worst = -((parameters.contactCost.max() ?? 0) + parameters.complaintCost) * Double(parameters.horizon)
        let budget = try ConservativeBudget(allowance: 0.3, baseline: 7, worst: worst)
        var online = online()
        // Nothing but chance: the worst explorer that there is.
        (online.exploration.start, online.exploration.end) = (1, 1)
        var training = try OnlineTraining(
            DQN(), settings(), online: online, in: watched(watch), safeguard: Safeguard(),
            table: parameters.actionTable, baseline: behavior, budget: budget, horizonEnds: true,
            stream: RandomStream(seed: 6, name: "agent"))
        var least = Double.infinity
        while !training.isFinished {
            _ = try training.step()
            least = min(least, training.budget?.reserve ?? -1)
        }
        let end = try #require(training.budget)
        #expect(least >= -1e-9 && end.explored + end.pending > 3 && end.served > 3)
        #expect(training.values.allSatisfy { $0 >= worst } && training.values.count > 50)
        #expect(watch.seen.promotionsToDistressed == 0)
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let parameters = try #require(Self.parameters)
        let environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 4, name: "customers"))
        func training(
            safeguard: Safeguard? = nil, table: ActionTable? = nil, baseline: (any PolicyScorer)? = nil,
            budget: ConservativeBudget? = nil
        ) throws {
            _ = try OnlineTraining(
                DQN(), settings(), online: online(), in: environment, safeguard: safeguard, table: table,
                baseline: baseline, budget: budget, horizonEnds: true, stream: RandomStream(seed: 5, name: "agent"))
        }
        // A safeguard without knowing what the actions show would permit everything.
        #expect(throws: PolicyError.self) { try training(safeguard: Safeguard()) }
        #expect(throws: PolicyError.self) {
            try training(safeguard: Safeguard(), table: EmoSeqParameters.presetL.actionTable)
        }
        #expect(throws: PolicyError.self) { try training(baseline: EmoSeqLoggingPolicy(.presetL)) }
        #expect(throws: PolicyError.self) {
            try training(budget: ConservativeBudget(allowance: 0.1, baseline: 1, worst: 0))
        }
    }
}
