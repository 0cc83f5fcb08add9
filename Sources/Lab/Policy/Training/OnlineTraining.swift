public import LabDomain
public import LabNumerics
public import LabSafeguards

/// An agent that learns by acting in an environment: it decides for customers in turn, remembers what came of it, and
/// takes gradient steps in between. Safeguards are asked before every decision.
public struct OnlineTraining<Method: Agent, Environment: CustomerEnvironment>
where Method.Learner: ActingLearner {
    /// One customer who is being served.
    private struct Actor {
        var environment: Environment
        var batch: EnvironmentBatch
        var permitted: [Bool]
        var isExploring = true
        var value = 0.0
        var factor = 1.0
        var draws: RandomStream

        mutating func play(_ action: Int) throws { try environment.step(actions: [Int32(action)], into: &batch) }

        mutating func choose(_ scores: [Float], _ exploration: Exploration, progress: Double) -> Int {
            scores.withUnsafeBufferPointer { scores in
                permitted.withUnsafeBufferPointer { permitted in
                    exploration.choose(scores, permitted: permitted, progress: progress, stream: &draws)
                }
            }
        }
    }

    private let settings: OnlineSettings
    private let environment: Environment
    private let safeguard: Safeguard?
    private let table: ActionTable?
    private let baseline: (any PolicyScorer)?
    private let stream: RandomStream
    /// Whether the horizon ends value, because time is part of the observation.
    private let horizonEnds: Bool
    private let rewardScale: Float
    public private(set) var training: AgentTraining<Method>
    public private(set) var budget: ConservativeBudget?
    public private(set) var decisions = 0
    /// Values of customers whose episode has ended, in the order of their ends; currency units.
    public private(set) var values: [Double] = []
    /// How many periods their episodes lasted, in the same order.
    public private(set) var periods: [Int32] = []
    private var actors: [Actor] = []
    private var nextCustomer = 0
    private var scores: [Float]

    /// - Parameters:
    ///   - safeguard: asked before every decision with `table`, what each action shows; `nil` for environments without
    ///     people.
    ///   - budget: what may be given up while exploring; customers that it does not leave are served by `baseline`.
    ///   - horizonEnds: whether nothing is worth anything beyond the horizon.
    ///   - stream: its children draw weights, batches and actions.
    ///
    /// Throws `PolicyError.invalidSetting`, `.schemaMismatch` where the baseline or the table does not fit.
    public init(
        _ method: Method, _ settings: TrainingSettings, online: OnlineSettings, in environment: Environment,
        safeguard: Safeguard? = nil, table: ActionTable? = nil, baseline: (any PolicyScorer)? = nil,
        budget: ConservativeBudget? = nil, horizonEnds: Bool, stream: RandomStream, every: Int = 200
    ) throws {
        try online.validate()
        if let baseline, baseline.schema != environment.schema || baseline.actionCount != environment.actionCount {
            throw PolicyError.schemaMismatch(policy: baseline.schema.name, found: environment.schema.name)
        }
        // A safeguard that does not know what the actions show could forbid nothing.
        if safeguard != nil, table == nil {
            throw PolicyError.invalidSetting(
                name: "table", value: "none", requirement: "given together with a safeguard")
        }
        if let table, table.count != environment.actionCount {
            throw PolicyError.schemaMismatch(
                policy: "\(table.count) actions (the safeguard's table)", found: "\(environment.actionCount) actions")
        }
        if budget != nil, baseline == nil {
            throw PolicyError.invalidSetting(
                name: "budget", value: "set", requirement: "given together with a baseline policy")
        }
        self.settings = online
        self.environment = environment
        self.safeguard = safeguard
        self.table = table
        self.baseline = baseline
        self.budget = budget
        self.horizonEnds = horizonEnds
        self.stream = stream
        rewardScale = Float(settings.rewardScale)
        var settings = settings
        settings.steps = max(1, online.gradientSteps)
        let frame = LearningFrame(
            schema: environment.schema, actionCount: environment.actionCount, rewardScale: settings.rewardScale)
        training = try AgentTraining(
            method, settings, frame: frame,
            buffer: ReplayBuffer(
                capacity: online.bufferSize, features: environment.schema.features.count,
                actions: environment.actionCount, prioritisation: settings.replay),
            stream: stream, every: every)
        scores = Array(repeating: 0, count: environment.actionCount)
        for _ in 0..<online.actors { actors.append(try freshActor()) }
    }

    public var isFinished: Bool { decisions >= settings.decisions }
    /// The greedy policy of what was learned so far.
    public var policy: any PolicyScorer { training.policy }

    /// One decision, and a gradient step where one is due; a report where one is due.
    ///
    /// Throws `PolicyError.diverged`, `.nothingPermitted`, and what the environment throws.
    public mutating func step() throws -> TrainingReport? {
        try act(decisions % actors.count)
        decisions += 1
        guard decisions > settings.learningStarts, decisions % settings.trainInterval == 0, !training.isFinished
        else { return nil }
        return try training.step()
    }

    private mutating func act(_ index: Int) throws {
        let action = try decide(index)
        let before = actors[index].batch.observations
        let mask = actors[index].permitted
        try actors[index].play(action)
        let batch = actors[index].batch
        let reward = batch.rewards[0]
        actors[index].value += actors[index].factor * reward
        for _ in 0..<batch.elapsed[0] { actors[index].factor *= environment.discount }
        let ends = batch.terminal[0] || (batch.truncated[0] && horizonEnds)
        var discount = 1.0
        for _ in 0..<batch.elapsed[0] { discount *= environment.discount }
        actors[index].permitted = try permitted(batch)
        training.remember(
            state: before, permitted: mask, action: action, reward: Float(reward) / rewardScale,
            discount: ends ? 0 : Float(discount), next: batch.observations, nextPermitted: actors[index].permitted)
        guard batch.ended(0) else { return }
        values.append(actors[index].value)
        periods.append(batch.periods[0])
        if actors[index].isExploring { budget?.settle(actors[index].value) }
        actors[index] = try freshActor()
    }

    private mutating func decide(_ index: Int) throws -> Int {
        let progress = Double(decisions) / Double(settings.decisions)
        if !actors[index].isExploring, let baseline {
            let probabilities = try baseline.probabilities(
                states: actors[index].batch.observations, permitted: actors[index].permitted)
            return actors[index].draws.choose(weights: probabilities.map(Double.init))
        }
        training.score(actors[index].batch.observations, into: &scores)
        let chosen = actors[index].choose(scores, settings.exploration, progress: progress)
        guard chosen >= 0 else { throw PolicyError.nothingPermitted(row: decisions) }
        return chosen
    }

    private func permitted(_ batch: EnvironmentBatch) throws -> [Bool] {
        guard let safeguard, let table else { return Array(repeating: true, count: environment.actionCount) }
        return try safeguard.permittedActions(probabilities: batch.readings, audience: .adult, table: table).mask
    }

    private mutating func freshActor() throws -> Actor {
        var actor = Actor(
            environment: environment,
            batch: EnvironmentBatch(count: 1, featureCount: environment.schema.features.count),
            permitted: [], draws: stream.child("actions").child(nextCustomer))
        actor.environment.reset(customers: nextCustomer..<nextCustomer + 1, into: &actor.batch)
        actor.permitted = try permitted(actor.batch)
        actor.isExploring = budget?.begin() ?? true
        nextCustomer += 1
        return actor
    }
}
