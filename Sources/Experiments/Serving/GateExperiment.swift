import Foundation
import LabDomain
import LabPolicy
import LabRuns
import LabSimulation
import LabStatistics

/// Decides from held-out customers how much of a candidate policy may be shown: a share with its evidence, or a refusal
/// with its reasons.
public struct GateExperiment: Experiment {
    /// Who is judged.
    public enum Candidate: String, Codable, Sendable, CaseIterable {
        /// The policy that the input `policy` learned.
        case learned
        /// Promotes whenever it may, on the dearest channel: worse than the behaviour policy.
        case alwaysPromote = "always-promote"
    }

    public struct Configuration: ExperimentConfiguration {
        public var candidate = Candidate.learned
        public var log = ""
        public var gate = PromotionGate()
        public var evaluation = FittedQEvaluation()

        public init() {}

        public static let settings: [Setting] =
            [
                Setting("candidate", "Who is judged: learned, or always-promote as an example of a bad policy."),
                Setting(
                    "log", "The name of the log of your own that the policy learned from; empty takes a run's journeys."
                ),
                Setting("gate.shares", "Shares of the candidate in the mixtures, ascending; tested in this order."),
                Setting("gate.level", "Confidence of the one-sided lower bound of the gain."),
                Setting(
                    "gate.estimator", "perDecision needs the log alone; doublyRobust fits a model on other customers."),
                Setting("gate.minimumEffectiveSample", "Least effective sample.", unit: "customers"),
                Setting("gate.meanWeightTolerance", "How far the mean weight may lie from 1."),
                Setting("gate.minimumGain", "Least gain that is worth a promotion.", unit: "EUR"),
            ] + FittedQEvaluation.documentation

        public func validate() throws {
            try validating("gate", gate.validate)
            try validating("evaluation", evaluation.validate)
        }
    }

    /// `verdict.json`: the verdict with whom it is about.
    struct VerdictFile: Codable {
        var candidate: Candidate
        var accepted: Bool
        var exposure: Double
        var reasons: [String]
        var mixtures: [MixtureEvidence]
        var customers: Int
        var level: Double
        var estimator: PromotionGate.Estimator
        /// Customers on whom neither the model nor the policy may be judged, since they taught it.
        var trainingCustomers: Int
        var environment: String
    }

    public static let name = "serving/gate"
    public static let summary = "Decides from held-out customers how much of a candidate policy may be shown."
    public static let inputs: [ExperimentInput] = [
        .policy,
        .journeys,
    ]

    /// A user's own log takes the place of journeys that were made here.
    public static func inputs(_ configuration: Configuration) throws -> [ExperimentInput] {
        configuration.log.isEmpty ? inputs : inputs.filter { $0.role == "policy" }
    }

    public static func datasets(_ configuration: Configuration) -> [String] {
        configuration.log.isEmpty ? [] : [configuration.log]
    }

    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.evaluation.steps = 200
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // The customers that the policy did not learn from.
        let journeys = try LoggedJourneys(run, dataset: configuration.log)
        guard !journeys.estimatesPropensities else {
            throw PolicyError.inconsistentEvaluation(
                "it states no propensities, and a verdict must not rest on estimated ones")
        }
        let parent = try run.parent("policy")
        let split = try CustomerSplit(parent.artifact(CustomerSplit.file))
        let heldOut = split.heldOut(journeys.log)
        let candidate: any PolicyScorer =
            switch configuration.candidate {
            case .learned: try parent.policy()
            case .alwaysPromote: FixedPolicy.alwaysPromote(schema: journeys.log.schema)
            }
        run.progress(0.1, "\(heldOut.episodeCount) held-out customers")

        // A model of values, fitted on the training customers: it takes noise out of the estimates, never adds bias.
        let seen = try JourneyEvaluation(heldOut, policy: candidate)
        let behavior = try JourneyEvaluation(heldOut, policy: journeys.behavior)
        var model: ModelValues?
        if configuration.gate.estimator == .doublyRobust {
            let training = OfflineDataset(split.training(journeys.log), rewardScale: 5)
            let steps = Double(configuration.evaluation.steps)
            let network = try configuration.evaluation.fit(candidate, on: training, stream: run.stream("model")) {
                step in
                try run.checkCancellation()
                run.progress(0.1 + 0.7 * Double(step) / steps, "fitted step \(step)")
            }
            model = try ModelValues(network, on: heldOut)
        }

        let verdict = try configuration.gate.judge(seen, behavior: behavior, model: model)
        let file = VerdictFile(
            candidate: configuration.candidate, accepted: verdict.accepted, exposure: verdict.exposure,
            reasons: verdict.reasons, mixtures: verdict.mixtures, customers: verdict.customers, level: verdict.level,
            estimator: verdict.estimator, trainingCustomers: split.training.count,
            environment: configuration.log.isEmpty ? "simulation" : "production")
        try run.artifact("verdict.json") { url in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(file).write(to: url)
        }
        return evaluation(verdict, configuration)
    }

    private func evaluation(_ verdict: GateVerdict, _ configuration: Configuration) -> Evaluation {
        var figures = [
            Figure("accepted", verdict.accepted ? 1 : 0, count: verdict.customers),
            Figure("exposure", verdict.exposure, better: .higher),
        ]
        // What speaks for the share that passed, or against the smallest one.
        if let decisive = verdict.mixtures.first(where: { $0.passed }) ?? verdict.mixtures.last {
            let half = Normal.quantile(verdict.level) * decisive.standardError
            figures += [
                Figure(
                    "gain", decisive.gain,
                    interval: Interval(
                        lower: decisive.gain - half, upper: decisive.gain + half, level: 2 * verdict.level - 1),
                    unit: "EUR", count: verdict.customers, better: .higher),
                Figure("effectiveSample", decisive.support.effectiveSampleSize, unit: "customers"),
                Figure("meanWeight", decisive.support.meanWeight),
            ]
        }
        var table = ResultTable(
            "mixtures",
            columns: [
                "share", "value", "gain", "standardError", "lowerBound", "effectiveSample", "meanWeight",
                "maximumWeight", "tested", "passed",
            ])
        for mixture in verdict.mixtures {
            table.rows.append([
                Cell(mixture.share), Cell(mixture.value), Cell(mixture.gain), Cell(mixture.standardError),
                Cell(mixture.lowerBound), Cell(mixture.support.effectiveSampleSize), Cell(mixture.support.meanWeight),
                Cell(mixture.support.maximumWeight), Cell(mixture.tested ? "yes" : "no"),
                Cell(mixture.passed ? "yes" : "no"),
            ])
        }
        return Evaluation(
            figures: figures, tables: [table],
            notes: verdict.reasons + [
                """
                Shares are tested from the smallest up and testing stops at the first that fails, so that trying several \
                needs no correction; what comes after the stop is shown but was not tested.
                """
            ])
    }
}
