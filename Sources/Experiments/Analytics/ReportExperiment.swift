import Foundation
import LabAnalytics
import LabDomain
import LabRuns
import LabStorage

/// Writes the report: one page that answers whether a policy may ship, with the evidence of every stage behind it.
///
/// It computes nothing anew: each figure is read from a sealed run, which the lineage at the end names.
public struct ReportExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var title = "May this policy ship?"
        public var everyTable = true

        public init() {}

        public static let settings = [
            Setting("title", "The report's title."),
            Setting(
                "everyTable", "Whether every table of every stage is kept, folded, at the end; never posts' texts."),
        ]
    }

    public static let name = "analytics/report"
    public static let summary = "Writes one self-contained HTML page with the verdict and the evidence of every stage."
    public static let inputs: [ExperimentInput] = [
        ExperimentInput(role: "campaign", experiment: "delivery/campaign"),
        ExperimentInput(role: "gate", experiment: "serving/gate"),
        .policy,
        ExperimentInput(role: "language", experiment: "language/posts", optional: true),
        ExperimentInput(role: "posts", experiment: "streams/ingest", optional: true),
        ExperimentInput(role: "journeys", experiment: "profiles/journeys", optional: true),
        ExperimentInput(role: "creatives", experiment: "creative/variants", optional: true),
        ExperimentInput(role: "refused", experiment: "serving/gate", optional: true),
        ExperimentInput(role: "bundle", experiment: "serving/bundle", optional: true),
    ]
    public static var smoke: Configuration { Configuration() }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        var stages: [ReportStage] = []
        for (role, title) in Self.order {
            guard let sealed = try run.optionalParent(role) else { continue }
            stages.append(ReportStage(role: role, title: title, run: sealed))
        }
        let evidence = ReportEvidence(stages: stages)
        let gate = try GateFile(evidence.stage("gate"))
        let refused = try GateFile(evidence.stage("refused"))

        var sections = [answer(evidence, gate, refused)]
        sections += pipeline(evidence)
        sections += readings(evidence)
        sections += try learning(evidence)
        sections += evaluation(evidence)
        sections += gates(gate, refused)
        sections += campaign(evidence)
        sections += people(evidence)
        sections += creatives(evidence)
        sections += privacy(evidence)
        sections += lineage(evidence, everyTable: configuration.everyTable)
        let report = Report(
            title: configuration.title,
            subtitle: "What a log of ads, a stream of posts and \(stages.count) sealed runs say about it.",
            colophon: "Written by Lab from sealed runs. Customers are simulated; nothing here was shown to a person.",
            sections: sections)
        let html = report.html()
        try run.artifact("report.html") { try AtomicFile.write(html, to: $0) }
        return Evaluation(
            figures: [
                Figure("accepted", gate.accepted ? 1 : 0), Figure("exposure", gate.exposure),
                Figure("sections", Double(sections.count)), Figure("stages", Double(stages.count)),
                Figure("bytes", Double(html.count), unit: "bytes"),
            ], notes: ["environment: simulation"] + gate.reasons)
    }

    /// The stages in the order of the data.
    static let order: [(role: String, title: String)] = [
        ("posts", "Streams"), ("language", "Language"), ("journeys", "Profiles"), ("creatives", "Creative"),
        ("policy", "Policy"), ("campaign", "Delivery"), ("gate", "Gate"), ("refused", "Gate, a worse candidate"),
        ("bundle", "Promotion"),
    ]
}
