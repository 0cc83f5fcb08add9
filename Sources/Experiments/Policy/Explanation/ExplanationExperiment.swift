import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// Says why a policy chooses what it chooses: scores, masks with their reasons, and the parts of the observation that move
/// the choice, for one decision, one customer or by segment.
public struct ExplanationExperiment: Experiment {
    public static let name = "policy/explanation"
    public static let summary = "Explains what moves a policy's choices, by decision, customer or segment."
    public static let inputs: [ExperimentInput] = [.policy, .journeys]

    /// A user's own log takes the place of journeys that were made here.
    public static func inputs(_ configuration: Configuration) throws -> [ExperimentInput] {
        configuration.log.isEmpty ? inputs : [.policy]
    }

    public static func datasets(_ configuration: Configuration) -> [String] {
        configuration.log.isEmpty ? [] : [configuration.log]
    }

    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.decisions = 5
        configuration.background = 16
        return configuration
    }
    /// The model that was explained, where it is not the run's.
    static let modelFile = "policy.onnx"

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        // What is explained, on which journeys, and under which safeguard.
        let (log, safeguard) = try journeys(configuration, run)
        let (scorer, names) = try policy(configuration, on: log, run)
        let explained = ExplainedLog(log, scorer: scorer, safeguard: safeguard, actionNames: names)

        // What decisions are compared with: states of the log, drawn without replacement.
        var draws = run.stream("background")
        let background = explained.states(explained.sample(configuration.background, from: nil, &draws))
        let explainer = try ShapleyExplainer(scorer, background: background, orders: configuration.orders)

        var report = ExplanationReport(explained, groups: explainer.groups.map(\.name))
        if let wanted = try explained.decisions(configuration) {
            for (place, decision) in wanted.enumerated() {
                try run.checkCancellation()
                try report.add(explained.explain(decision, explainer, run.stream("orders")), of: decision)
                run.progress(Double(place + 1) / Double(wanted.count), "decision \(decision)")
            }
        } else {
            let segments = Set(log.segments).sorted()
            for (place, segment) in segments.enumerated() {
                var draws = run.stream("decisions").child(place)
                let chosen = explained.sample(configuration.decisions, from: segment, &draws)
                let explanations = try chosen.map { decision in
                    try run.checkCancellation()
                    return try explained.explain(decision, explainer, run.stream("orders"))
                }
                report.add(try SegmentExplanation(segment: segment, explanations))
                run.progress(Double(place + 1) / Double(segments.count), "segment \(segment)")
            }
            try run.artifact("plots/segments.svg") { try AtomicFile.write(Data(report.svg.utf8), to: $0) }
        }
        return report.evaluation(configuration, background: configuration.background)
    }

    private func journeys(_ configuration: Configuration, _ run: Run) throws -> (JourneyLog, Safeguard) {
        guard configuration.log.isEmpty else {
            return (try JourneyFormats.read(run.dataset(configuration.log).file(LoggedJourneys.file)), Safeguard())
        }
        let logged = try LoggedJourneys(run)
        guard !configuration.journeysFile.isEmpty else { return (logged.log, logged.safeguard) }
        return (try JourneyLog(contentsOf: URL(filePath: configuration.journeysFile)), logged.safeguard)
    }

    /// The policy of the run, or the model that is named in its place, with the names of its actions.
    private func policy(
        _ configuration: Configuration, on log: JourneyLog, _ run: Run
    ) throws -> (scorer: any ActionScorer, names: [String]?) {
        guard !configuration.onnx.isEmpty else {
            let policy = try run.parent("policy").policy()
            guard policy.schema == log.schema, policy.actionCount == log.actionCount else {
                throw PolicyError.schemaMismatch(
                    policy: "rows of \(policy.schema.features.count) numbers and \(policy.actionCount) actions",
                    found: "rows of \(log.featureCount) numbers and \(log.actionCount) actions")
            }
            return (policy as? any ActionScorer ?? ProbabilityScorer(policy), nil)
        }
        // What the name points to: a copy of a symbolic link would point out of the run.
        let file = URL(filePath: configuration.onnx).resolvingSymlinksInPath()
        let model = try ONNXPolicy(
            contentsOf: file, schema: log.schema, actionCount: log.actionCount,
            output: configuration.output.isEmpty ? nil : configuration.output,
            as: ONNXPolicy.Reading(rawValue: configuration.reading))
        try run.artifact(Self.modelFile) { try FileManager.default.copyItem(at: file, to: $0) }
        return (model, model.actionNames)
    }
}
