import LabNumerics
import LabSimulation
import Testing

@testable import LabPolicy

/// Every agent against decision processes that are solved exactly: the exact value of what it learned, in shares of the
/// optimum.
@Suite struct OptimalityTests {
    static let problems = [SolvedProblem.chain, .garnet(seed: 3), .garnet(seed: 11)]

    struct Contender: CustomTestStringConvertible, Sendable {
        let name: String
        let agent: any Agent
        /// How often the log acts as the optimum does; imitation needs more than chance.
        var skill = 0.0
        var change: @Sendable (inout TrainingSettings) -> Void = { _ in }
        var testDescription: String { name }
    }

    static let contenders: [Contender] = [
        Contender(name: "DQN", agent: DQN(double: false)),
        Contender(name: "Double DQN", agent: DQN()),
        Contender(name: "Dueling Double DQN", agent: DQN(double: true, dueling: true)),
        // More than one step is right only where the log acts as the learner would.
        Contender(name: "2-step Double DQN", agent: DQN(), skill: 0.8) { $0.returnSteps = 2 },
        Contender(name: "prioritised Double DQN", agent: DQN()) { $0.replay = PrioritisedReplay() },
        Contender(name: "NFQ", agent: NFQ()),
        Contender(name: "fitted Q from fresh weights", agent: restarting, skill: 0.3) {
            $0.averagedShare = 0
            $0.steps = 12_000
        },
        Contender(name: "CQL", agent: mildCQL),
        // Imitation of actions that the log hardly shows is a guess: a better log shows them.
        Contender(name: "BCQ", agent: BCQ(), skill: 0.3),
        Contender(name: "IQL", agent: sharpIQL, skill: 0.3),
        Contender(name: "BC", agent: BehaviorCloning(), skill: 0.6),
    ]

    private static let restarting: NFQ = {
        var agent = NFQ()
        agent.iterations = 24
        agent.restarts = true
        return agent
    }()

    private static let mildCQL: CQL = {
        var agent = CQL()
        agent.weight = 0.02
        return agent
    }()

    private static let sharpIQL: IQL = {
        var agent = IQL()
        agent.expectile = 0.9
        agent.temperature = 10
        return agent
    }()

    @Test(arguments: contenders, problems.indices)
    func everyAgentReachesTheOptimum(_ contender: Contender, _ index: Int) throws {
        let problem = Self.problems[index]
        let log = try problem.log(1_500, skill: contender.skill, seed: 5)
        var settings = AgentTests.settings(hidden: [32, 32], steps: 4_000, batchSize: 64, learningRate: 2e-3)
        contender.change(&settings)
        let dataset = OfflineDataset(log, rewardScale: 1, steps: settings.returnSteps)
        let policy = try contender.agent.train(settings, on: dataset, stream: RandomStream(seed: 1, name: "agent"))
        let share = try problem.relativeValue(of: policy)
        #expect(share > 0.98 && share < 1 + 1e-9, "\(contender.name) on \(problem.name): \(share) of the optimum")
    }

    @Test func whatIsLearnedIsNotWhatTheLogDoes() throws {
        // The test above can fail: the log's own policy is far from the optimum.
        for problem in Self.problems {
            let uniform = UniformPolicy(schema: problem.schema, actionCount: problem.actionCount)
            #expect(try problem.relativeValue(of: uniform) < 0.9)
        }
    }
}
