import LabRuns
import LabWorkbench

/// Everything that Lab ships: the experiments by area, and the pipelines over them.
public let shippedExperiments = Registry(
    experiments: [
        AuditExperiment.self,
        IngestExperiment.self,
        SentimentExperiment.self,
        JourneysExperiment.self,
        VariantsExperiment.self,
        DQNExperiment.self,
        ExplanationExperiment.self,
        GateExperiment.self,
        CampaignExperiment.self,
        BundleExperiment.self,
        ReportExperiment.self,
        KillsExperiment.self,
    ],
    pipelines: [Loop.self],
    benchmarks: [NumericsSuite.self, RunsSuite.self]
)
