import LabDomain
import LabNumerics
import LabSafeguards

@testable import LabSimulation

/// A population with its exact solutions, and rollouts on it.
struct EmoSeqCase {
    let parameters: EmoSeqParameters
    let kernel: EmoSeqKernel
    let free: EmoSeqSolution
    let guarded: EmoSeqSolution
    let rules: AssessedActions

    init(_ preset: String = "S", _ switches: EmoSeqSwitches = []) throws {
        try self.init(EmoSeqParameters.preset(named: preset, switches: switches))
    }

    init(_ parameters: EmoSeqParameters) throws {
        self.parameters = parameters
        kernel = EmoSeqKernel(parameters)
        free = EmoSeqSolution.optimum(kernel)
        rules = try AssessedActions(parameters)
        guarded = EmoSeqSolution.optimum(kernel, under: rules)
    }

    func rollout(
        _ policy: any SimulationPolicy, guarded: Bool = false, customers: Int = 4_000, keepsJourneys: Bool = false
    ) throws -> RolloutResult {
        let environment = try EmoSeqEnvironment(parameters, stream: RandomStream(seed: 5, name: "customers"))
        return try Rollout(
            safeguard: guarded ? Safeguard() : nil, table: parameters.actionTable, keepsJourneys: keepsJourneys
        ).run(
            environment, policy: policy, customers: 0..<customers, stream: RandomStream(seed: 5, name: "actions"))
    }

    func policy(_ name: EmoSeqPolicyName, guarded: Bool = false) throws -> any SimulationPolicy {
        try name.policy(kernel, solution: guarded ? self.guarded : free)
    }
}

/// Mean and standard error.
func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (mean, (variance / count).squareRoot())
}
