import LabPolicy
import LabRuns

/// The main job: from real posts to a signed bundle, one experiment a stage.
///
/// Each stage reads what earlier ones sealed, so every run here can be repeated alone by `labctl reproduce`. The gate
/// is asked twice, about the learned policy and about one that is known to be worse: a refusal is a good ending too.
public enum Loop: Pipeline {
    public static let name = "loop"
    public static let summary = "Goes the whole way once, from posts to a report, a verdict and a signed bundle."

    public static let stages: [PipelineStage] = [
        PipelineStage(
            "data", "Data", AuditExperiment.self, figures: ["datasets", "bytes", "clickRateRandom", "repeatBuyers"]),
        PipelineStage("streams", "Streams", IngestExperiment.self, figures: ["posts", "duplicates", "quarantined"]),
        PipelineStage(
            "language", "Language", PostReaderExperiment.self, inputs: ["posts": "streams"],
            figures: ["macroF1", "macroF1.lexicon", "calibrationError"]),
        PipelineStage(
            "profiles", "Profiles", JourneysExperiment.self, inputs: ["readings": "language"],
            figures: ["customers", "decisions", "promotionsToDistressed", "ledger.spentEpsilon"]),
        PipelineStage(
            "creative", "Creative", VariantsExperiment.self, figures: ["creatives", "refused", "cost"]),
        PipelineStage(
            "policy", "Policy", AgentExperiment<CQL>.self, inputs: ["journeys": "profiles", "readings": "language"],
            figures: ["valueLearned", "valueBehavior", "valueOptimum"]),
        PipelineStage(
            "delivery", "Delivery and analytics", CampaignExperiment.self,
            inputs: ["policy": "policy", "creatives": "creative", "readings": "language"],
            figures: ["valueDifference", "clickRateDifference", "conversionsDifference"]),
        PipelineStage(
            "gate", "Gate: the learned policy", GateExperiment.self,
            inputs: ["policy": "policy", "journeys": "profiles"], figures: ["accepted", "exposure", "gain"]),
        PipelineStage(
            "refusal", "Gate: a worse policy", GateExperiment.self,
            configuration: alwaysPromote(GateExperiment.Configuration()), smoke: alwaysPromote(GateExperiment.smoke),
            inputs: ["policy": "policy", "journeys": "profiles"], figures: ["accepted", "exposure", "gain"]),
        PipelineStage(
            "promotion", "Promotion", BundleExperiment.self,
            inputs: [
                "accepted": "gate", "refused": "refusal", "policy": "policy", "creatives": "creative",
                "journeys": "profiles", "readings": "language", "posts": "streams",
            ],
            figures: ["firstStageExposure", "rolloutStages", "objectionsToProduction"]),
        PipelineStage(
            "report", "Report", ReportExperiment.self,
            inputs: [
                "posts": "streams", "language": "language", "journeys": "profiles", "creatives": "creative",
                "policy": "policy", "campaign": "delivery", "gate": "gate", "refused": "refusal",
                "bundle": "promotion",
            ], figures: ["accepted", "exposure"]),
    ]

    public static let answers = ["gate", "refusal", "promotion"]
    public static let report: PipelineOutput? = .artifact("report.html", of: "report")
    public static let bundle: PipelineOutput? = PipelineOutput(stage: "promotion") {
        try BundleExperiment.location(of: $0, in: $1)
    }

    /// The gate's candidate that is worse than what runs today.
    private static func alwaysPromote(_ configuration: GateExperiment.Configuration) -> GateExperiment.Configuration {
        var configuration = configuration
        configuration.candidate = .alwaysPromote
        return configuration
    }
}
