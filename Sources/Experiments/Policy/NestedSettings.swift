import LabPolicy
import LabRuns

/// Validates settings that lie under a key of an experiment's, and names the whole key where one is refused.
func validating(_ key: String, _ validate: () throws -> Void) throws {
    do {
        try validate()
    } catch PolicyError.invalidSetting(let name, let value, let requirement) {
        throw RunsError.invalidSetting(key: key + "." + name, value: value, requirement: requirement)
    }
}

/// Throws `RunsError.invalidSetting` unless a setting's value is as required.
func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String) throws {
    guard holds else {
        throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
    }
}

extension TrainingSettings {
    /// One entry for every setting, under the key `agent`.
    static let documentation = [
        Setting("agent.hidden", "Widths of the networks' hidden layers."),
        Setting("agent.steps", "Gradient steps.", unit: "steps"),
        Setting("agent.batchSize", "Transitions a gradient step.", unit: "transitions"),
        Setting("agent.learningRate", "Adam's step size."),
        Setting("agent.weightDecay", "Decoupled weight decay; 0 is plain Adam."),
        Setting("agent.gradientLimit", "Gradients of a larger joint norm are scaled down to it; 0 leaves them."),
        Setting("agent.targetInterval", "Steps between copies to the target network.", unit: "steps"),
        Setting("agent.huberDelta", "Errors beyond this count linearly, in units of rewardScale."),
        Setting("agent.averagedShare", "Last share of steps over which weights are averaged; 0 takes the last."),
        Setting("agent.rewardScale", "Currency units that the network sees as 1.", unit: "EUR"),
        Setting("agent.returnSteps", "n of the n-step return.", unit: "decisions"),
        Setting("agent.replay.exponent", "How much badly predicted transitions are preferred; 0 draws all alike."),
        Setting("agent.replay.correction", "How much that is corrected for at the beginning; grows to 1."),
    ]
}

extension RewardFunction {
    /// One entry for every setting, under the key `reward`.
    static let documentation = [
        Setting("reward.logged", "Weight of the reward that the log states."),
        Setting("reward.engagement", "What a click is worth.", unit: "EUR"),
        Setting("reward.conversion", "What a purchase is worth.", unit: "EUR"),
        Setting("reward.revenue", "Weight of what customers paid."),
        Setting("reward.cost", "Weight of what contacts cost; subtracted."),
        Setting("reward.longTermValue", "What a period with the customer still there is worth.", unit: "EUR"),
        Setting("reward.complaintPenalty", "Subtracted for a complaint.", unit: "EUR"),
        Setting("reward.churnPenalty", "Subtracted when the customer leaves.", unit: "EUR"),
        Setting(
            "reward.negativeEmotionPenalty", "Subtracted times the probability of a negative reading afterwards.",
            unit: "EUR"),
    ]
}

extension FittedQEvaluation {
    /// One entry for every setting, under the key `evaluation`.
    static let documentation = [
        Setting("evaluation.hidden", "Widths of the hidden layers of fitted Q evaluation."),
        Setting("evaluation.steps", "Gradient steps of fitted Q evaluation.", unit: "steps"),
        Setting("evaluation.batchSize", "Transitions a step of fitted Q evaluation.", unit: "transitions"),
        Setting("evaluation.learningRate", "Adam's step size in fitted Q evaluation."),
        Setting("evaluation.targetInterval", "Steps between copies to its target network.", unit: "steps"),
        Setting("evaluation.huberDelta", "Errors beyond this count linearly, in units of rewardScale."),
    ]
}

extension OnlineSettings {
    /// One entry for every setting, under the key `online`.
    static let documentation = [
        Setting("online.decisions", "Decisions that are taken in all.", unit: "decisions"),
        Setting("online.bufferSize", "Transitions to learn from; the oldest are forgotten.", unit: "transitions"),
        Setting("online.learningStarts", "Decisions before the first gradient step.", unit: "decisions"),
        Setting("online.trainInterval", "Decisions between gradient steps.", unit: "decisions"),
        Setting("online.actors", "Customers that are served in turn.", unit: "customers"),
        Setting("online.exploration.kind", "epsilon-greedy or boltzmann."),
        Setting("online.exploration.start", "ε, or the temperature in units of rewardScale, at the beginning."),
        Setting("online.exploration.end", "The same in the end."),
        Setting("online.exploration.share", "The share of decisions over which it falls."),
    ]
}
