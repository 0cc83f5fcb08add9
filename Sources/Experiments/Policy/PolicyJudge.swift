import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation

/// Says what a policy is worth: from held-out customers of a log and, where a simulator made it, in truth.
struct PolicyJudge {
    var evaluation: FittedQEvaluation
    /// Share of the policy in the mixture that is evaluated beside it.
    var mixtureShare: Double
    /// Actions whose logged probability is below this count as thinly supported.
    var supportFloor: Double
    /// Bootstrap resamples.
    var resamples: Int
    /// Fresh customers on whom policies are simulated.
    var truthCustomers: Int
    /// Currency units that the model of values sees as 1.
    var rewardScale: Double

    /// Throws `PolicyError.schemaMismatch` where the policy decides on other observations or actions than the log's,
    /// `.inconsistentEvaluation` where the split leaves nobody of the log.
    func evaluation(
        of learned: any PolicyScorer, on journeys: LoggedJourneys, _ split: CustomerSplit, _ run: Run
    ) throws -> Evaluation {
        guard learned.schema.features.count == journeys.log.featureCount,
            learned.actionCount == journeys.log.actionCount
        else {
            throw PolicyError.schemaMismatch(
                policy:
                    "\(learned.schema.features.count) numbers (\(learned.schema.name)) and \(learned.actionCount) actions",
                found:
                    "\(journeys.log.featureCount) numbers (\(journeys.log.schema.name)) and \(journeys.log.actionCount) actions"
            )
        }
        try split.check(journeys.log)
        var report = PolicyReport(customers: split.heldOut.count)

        // What the log says: estimates on held-out customers, with the support behind them, in the log's own reward.
        let training = OfflineDataset(split.training(journeys.log), rewardScale: rewardScale)
        let heldOut = split.heldOut(journeys.log)
        let mixture = try MixturePolicy(learned, share: mixtureShare, behavior: journeys.behavior)
        let candidates: [(name: String, policy: any PolicyScorer)] = [
            ("learned", learned), (PolicyReport.mixtureName(mixtureShare), mixture),
            ("behaviour", journeys.behavior),
        ]
        let behavior = try JourneyEvaluation(heldOut, policy: journeys.behavior)
        for (place, candidate) in candidates.enumerated() {
            try run.checkCancellation()
            let seen = try JourneyEvaluation(heldOut, policy: candidate.policy)
            let network = try self.evaluation.fit(
                candidate.policy, on: training, stream: run.stream("evaluation").child(candidate.name)
            ) { _ in try run.checkCancellation() }
            try report.add(
                candidate.name, seen, model: ModelValues(network, on: heldOut), behavior: behavior,
                supportFloor: supportFloor, resamples: resamples,
                stream: run.stream("bootstrap").child(candidate.name))
            run.progress(
                0.5 + 0.1 * Double(place + 1), "evaluated \(candidate.name) on \(split.heldOut.count) customers")
        }

        // What is true: the same fresh customers for every policy, heard with the same voice, under the same safeguard.
        guard let world = journeys.world else { return report.evaluation(of: journeys) }
        let environment = try world.environment(run.stream("truth"))
        let uniform = UniformPolicy(schema: environment.schema, actionCount: environment.actionCount)
        let tried: [(String, any PolicyScorer)] = candidates.map { ($0.name, $0.policy) } + [("uniform", uniform)]
        for (name, policy) in tried {
            let result = try world.rollout().run(
                environment, policy: policy, customers: 0..<truthCustomers,
                stream: run.stream("truth/actions"), willStep: run.checkCancellation)
            report.add(truth: result, of: name)
        }
        let free = try world.rollout(guarded: false).run(
            environment, policy: learned, customers: 0..<truthCustomers,
            stream: run.stream("truth/actions"), willStep: run.checkCancellation)
        report.add(truth: free, of: PolicyReport.unguarded)
        run.progress(0.95, "simulated \(tried.count + 1) policies on \(truthCustomers) fresh customers")
        return try report.evaluation(of: journeys, in: world)
    }
}
