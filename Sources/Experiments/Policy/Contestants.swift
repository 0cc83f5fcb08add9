import LabPolicy
import LabRuns

/// The agents that are compared, by the names under which tables show them.
enum Contestants {
    static let all: [(name: String, agent: any Agent, change: @Sendable (inout TrainingSettings) -> Void)] = [
        ("bc", BehaviorCloning(), { _ in }),
        ("dqn", DQN(double: false), { _ in }),
        ("double-dqn", DQN(), { _ in }),
        ("dueling-dqn", DQN(double: true, dueling: true), { _ in }),
        ("3-step-dqn", DQN(), { $0.returnSteps = 3 }),
        ("prioritised-dqn", DQN(), { $0.replay = PrioritisedReplay() }),
        ("nfq", NFQ(), { _ in }),
        ("cql", CQL(), { _ in }),
        ("bcq", BCQ(), { _ in }),
        ("iql", IQL(), { _ in }),
    ]

    static let names = all.map(\.name)
}
