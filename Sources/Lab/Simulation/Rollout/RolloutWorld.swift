import LabDomain

/// The environment of a rollout, stepped by decisions or, for policies that follow periods, by periods.
struct RolloutWorld {
    private var environment: any CustomerEnvironment
    private var periodic: (any PeriodicEnvironment)?

    /// Throws `SimulationError.policyDoesNotFit` where periods are wanted and the environment has only decisions.
    init(_ environment: any CustomerEnvironment, byPeriods: Bool) throws {
        self.environment = environment
        guard byPeriods else { return }
        guard let periodic = environment as? any PeriodicEnvironment else {
            throw SimulationError.policyDoesNotFit("it follows every period, and the environment shows only decisions")
        }
        self.periodic = periodic
    }

    /// What the environment hides, where it would tell.
    var hidden: (any HiddenStateEnvironment)? { (periodic ?? environment) as? any HiddenStateEnvironment }

    mutating func reset(_ batch: inout RolloutBatch) {
        if periodic != nil {
            periodic?.reset(customers: batch.numbers, into: &batch.environment)
        } else {
            environment.reset(customers: batch.numbers, into: &batch.environment)
        }
    }

    /// Plays a decision or a period; returns what each customer was given in a period, −1 for those who were gone.
    mutating func step(_ batch: inout RolloutBatch) throws -> [Int32] {
        guard let quiet = periodic?.quietOption else {
            try environment.step(actions: batch.actions, into: &batch.environment)
            return []
        }
        var options = [Int32](repeating: quiet, count: batch.actions.count)
        for place in batch.deciding {
            options[place] = periodic?.firstOption(ofAction: batch.actions[place]) ?? quiet
            batch.remaining[place] = periodic?.periods(ofAction: batch.actions[place]) ?? 1
        }
        for place in batch.active { batch.remaining[place] -= 1 }
        try periodic?.stepPeriod(options: options, into: &batch.environment)
        var present = [Bool](repeating: false, count: options.count)
        for place in batch.active { present[place] = true }
        for place in options.indices where !present[place] { options[place] = -1 }
        return options
    }
}
