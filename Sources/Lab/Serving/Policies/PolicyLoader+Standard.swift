import LabSimulation

extension PolicyLoader {
    /// What Lab trains, over the policy that logs journeys in its simulator.
    public static let standard = PolicyLoader(
        learned: { _, _ in throw ServingError.policyDoesNotFit(problem: "this labctl trains no policies") },
        behaviour: { EmoSeqLoggingPolicy(schema: $0.schema) })
}
