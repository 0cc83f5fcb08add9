/// The policies that the simulator brings along, by the names under which configurations choose them.
public enum EmoSeqPolicyName: String, Codable, Sendable, CaseIterable {
    /// The population's logging policy; with the switch `confounded` it looks at the hidden emotion.
    case logging
    /// Every permitted action alike.
    case uniform
    /// Softmax over the reward of the next period as far as the observation tells it.
    case boltzmann
    /// A promotion by the second channel in every period.
    case promote
    /// No contact ever.
    case hold
    /// The highest reward of the next period in the hidden state.
    case myopic
    /// The exact optimum in the hidden state.
    case optimum
    /// Bayes' filter over what was seen, and the optimum's values weighted with it.
    case qmdp

    /// Whether it knows what no real policy can know.
    public var seesHiddenState: Bool { self == .myopic || self == .optimum }

    /// Throws `SimulationError.unknownPolicy`.
    public init(named name: String) throws {
        guard let known = EmoSeqPolicyName(rawValue: name) else { throw SimulationError.unknownPolicy(name) }
        self = known
    }

    /// The policy on a population.
    ///
    /// - Parameters:
    ///   - solution: the exact solution that `optimum` and `qmdp` follow: under safeguards, the one under the same rules.
    ///   - temperature: of `boltzmann`, currency units.
    public func policy(
        _ kernel: EmoSeqKernel, solution: EmoSeqSolution, temperature: Double = 0.1
    ) throws -> any SimulationPolicy {
        let parameters = kernel.parameters
        return switch self {
        case .logging:
            parameters.loggingConfounding == 0
                ? ObservedPolicy(EmoSeqLoggingPolicy(parameters)) : ConfoundedLogging(parameters)
        case .uniform:
            ObservedPolicy(UniformPolicy(schema: parameters.schema, actionCount: parameters.actionCount))
        case .boltzmann: ObservedPolicy(try BoltzmannPolicy(parameters, temperature: temperature))
        case .promote: ObservedPolicy(PreferredActionPolicy.promoting(parameters))
        case .hold: ObservedPolicy(PreferredActionPolicy.holding(parameters))
        case .myopic: LatentPolicy(myopic: kernel)
        case .optimum: LatentPolicy(solution)
        case .qmdp: QMDPPolicy(kernel, solution: solution)
        }
    }
}
