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

    /// - Parameters:
    ///   - customers: their numbers; the same number is the same customer for every policy.
    ///   - stream: actions of customer i are drawn from its child i.
    ///   - willStep: called before every step of a batch; throw from it to stop.
    ///
    /// Throws `SimulationError.policyDoesNotFit` where policy and environment disagree.
    public func run(
        _ environment: some CustomerEnvironment, policy: any PolicyScorer, customers: Range<Int>,
        stream: RandomStream, willStep: () throws -> Void = {}
    ) throws -> RolloutResult {
        guard policy.schema == environment.schema, policy.actionCount == environment.actionCount,
            table.count == environment.actionCount
        else {
            throw SimulationError.policyDoesNotFit(
                "the policy decides on \(policy.schema.name) among \(policy.actionCount) actions, the environment shows "
                    + "\(environment.schema.name) and takes \(environment.actionCount)")
        }
        var result = RolloutResult()
        result.actions = Array(repeating: 0, count: environment.actionCount)
        if keepsJourneys {
            result.journeys = JourneyLog(
                schema: environment.schema, actionCount: environment.actionCount, discount: environment.discount)
        }
        var environment = environment
        for start in stride(from: customers.lowerBound, to: customers.upperBound, by: batchSize) {
            let numbers = start..<min(start + batchSize, customers.upperBound)
            var batch = RolloutBatch(numbers, environment, stream: stream)
            environment.reset(customers: numbers, into: &batch.environment)
            while !batch.active.isEmpty {
                try willStep()
                let permitted = try (safeguard ?? Self.observer).permittedActions(
                    probabilities: batch.activeReadings(), audience: .adult, table: table)
                let mask = safeguard == nil ? Array(repeating: true, count: permitted.mask.count) : permitted.mask
                let states = batch.activeStates()
                let probabilities = try policy.probabilities(states: states, permitted: mask)
                try batch.choose(probabilities, mask: mask)
                if keepsJourneys { batch.record(states: states, probabilities: probabilities, mask: mask) }
                result.count(batch, permitted, table: table)
                try environment.step(actions: batch.actions, into: &batch.environment)
                batch.settle(discount: environment.discount, keepsJourneys: keepsJourneys)
            }
            try result.append(batch)
        }
        return result
    }
}

extension RolloutResult {
    fileprivate mutating func count(_ batch: RolloutBatch, _ permitted: PermittedBatch, table: ActionTable) {
        decisionCount += batch.active.count
        for (row, place) in batch.active.enumerated() {
            let action = Int(batch.actions[place])
            actions[action] += 1
            let assessment = permitted.assessments[row]
            assessments[assessment.rawValue] += 1
            if assessment == .distressed, table.kinds[action] == .promote { promotionsToDistressed += 1 }
        }
    }

    fileprivate mutating func append(_ batch: RolloutBatch) throws {
        values += batch.values
        segments += batch.environment.segments
        contacts += batch.contacts
        engagements += batch.engagements
        conversions += batch.conversions
        complaints += batch.complaints
        revenue += batch.revenue
        cost += batch.cost
        churned += batch.environment.terminal
        periods += batch.environment.periods
        if var log = journeys {
            journeys = nil
            try batch.appendJourneys(to: &log)
            journeys = log
        }
    }
}
