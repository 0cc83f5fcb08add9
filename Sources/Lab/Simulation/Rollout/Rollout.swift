public import LabDomain
public import LabNumerics
public import LabSafeguards

/// Tries a policy on customers of an environment, asking the safeguards before every decision.
public struct Rollout: Sendable {
    /// `nil` only to measure in simulation what the safeguards cost.
    public var safeguard: Safeguard?
    /// What the safeguards are told of the actions.
    public var table: ActionTable
    /// Customers that are stepped together; results do not depend on it.
    public var batchSize = 512
    /// Whether to log the journeys with propensities.
    public var keepsJourneys = false

    /// What `assessments` counts without a safeguard: the standard one, asked but not obeyed.
    private static let observer = Safeguard()

    public init(safeguard: Safeguard?, table: ActionTable = .emoSeq, keepsJourneys: Bool = false) {
        self.safeguard = safeguard
        self.table = table
        self.keepsJourneys = keepsJourneys
    }

    /// Tries a policy that looks at observations; see `run(_:policy:customers:stream:willStep:)` for any other.
    public func run(
        _ environment: some CustomerEnvironment, policy: any PolicyScorer, customers: Range<Int>,
        stream: RandomStream, willStep: () throws -> Void = {}
    ) throws -> RolloutResult {
        try run(
            environment, policy: ObservedPolicy(policy), customers: customers, stream: stream, willStep: willStep)
    }

    /// - Parameters:
    ///   - customers: their numbers; the same number is the same customer for every policy.
    ///   - stream: actions of customer i are drawn from its child i.
    ///   - willStep: called before every step of a batch; throw from it to stop.
    ///
    /// Throws `SimulationError.policyDoesNotFit` where policy and environment disagree.
    public func run(
        _ environment: some CustomerEnvironment, policy: some SimulationPolicy, customers: Range<Int>,
        stream: RandomStream, willStep: () throws -> Void = {}
    ) throws -> RolloutResult {
        guard policy.schema == environment.schema, policy.actionCount == environment.actionCount,
            table.count == environment.actionCount
        else {
            throw SimulationError.policyDoesNotFit(
                "the policy decides on \(policy.schema.name) among \(policy.actionCount) actions, the environment shows "
                    + "\(environment.schema.name) and takes \(environment.actionCount), the safeguards know \(table.count)"
            )
        }
        var world = try RolloutWorld(environment, byPeriods: policy.followsPeriods)
        var policy = policy
        var result = RolloutResult()
        result.actions = Array(repeating: 0, count: environment.actionCount)
        if keepsJourneys {
            result.journeys = JourneyLog(
                schema: environment.schema, actionCount: environment.actionCount, discount: environment.discount)
        }
        for start in stride(from: customers.lowerBound, to: customers.upperBound, by: batchSize) {
            let numbers = start..<min(start + batchSize, customers.upperBound)
            var batch = RolloutBatch(numbers, environment, stream: stream)
            world.reset(&batch)
            policy.begin(batch.environment)
            while !batch.active.isEmpty {
                try willStep()
                if !batch.deciding.isEmpty { try decide(&batch, world, &policy, &result) }
                let options = try world.step(&batch)
                if policy.followsPeriods { policy.follow(options: options, batch.environment) }
                batch.settle(discount: environment.discount, keepsJourneys: keepsJourneys)
            }
            try result.append(batch)
        }
        return result
    }

    private func decide(
        _ batch: inout RolloutBatch, _ world: RolloutWorld, _ policy: inout some SimulationPolicy,
        _ result: inout RolloutResult
    ) throws {
        let permitted = try (safeguard ?? Self.observer).permittedActions(
            probabilities: batch.decidingReadings(), audience: .adult, table: table)
        let mask = safeguard == nil ? Array(repeating: true, count: permitted.mask.count) : permitted.mask
        let view = batch.view(permitted: mask, hidden: world.hidden)
        let probabilities = try policy.decide(view)
        try batch.choose(probabilities.acting, mask: mask)
        if keepsJourneys { batch.record(view, probabilities: probabilities.recorded ?? probabilities.acting) }
        result.decisionCount += view.places.count
        for (row, place) in view.places.enumerated() {
            let action = Int(batch.actions[place])
            let (kind, assessment) = (table.kinds[action], permitted.assessments[row])
            result.actions[action] += 1
            result.assessments[assessment.rawValue] += 1
            if assessment == .distressed, kind == .promote { result.promotionsToDistressed += 1 }
            batch.tally.decide(
                place, kind: kind, assessment: assessment,
                negative: view.hiddenEmotions.isEmpty ? nil : view.hiddenEmotions[row] == 0)
        }
    }
}

extension RolloutResult {
    fileprivate mutating func append(_ batch: RolloutBatch) throws {
        values += batch.tally.values
        segments += batch.environment.segments
        contacts += batch.tally.contacts
        engagements += batch.tally.engagements
        conversions += batch.tally.conversions
        complaints += batch.tally.complaints
        revenue += batch.tally.revenue
        cost += batch.tally.cost
        decisions += batch.tally.decisions
        hiddenNegative += batch.tally.hiddenNegative
        missed += batch.tally.missed
        promotionsToMissed += batch.tally.promotionsToMissed
        churned += batch.environment.terminal
        periods += batch.environment.periods
        if var log = journeys {
            journeys = nil
            try batch.appendJourneys(to: &log)
            journeys = log
        }
    }
}
