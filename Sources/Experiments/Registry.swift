import LabPolicy
import LabRuns
import LabWorkbench

/// Everything that Lab ships: the experiments by area, and the pipelines over them.
public let shippedExperiments = Registry(
    experiments: [
        AuditExperiment.self,
        IngestExperiment.self,
        PostReaderExperiment.self,
        TaskExperiment<EmotionTask>.self,
        TaskExperiment<SentimentTask>.self,
        IdentificationExperiment.self,
        JourneysExperiment.self,
        VariantsExperiment.self,
        AgentExperiment<DQN>.self,
        AgentExperiment<NFQ>.self,
        AgentExperiment<CQL>.self,
        AgentExperiment<BCQ>.self,
        AgentExperiment<IQL>.self,
        AgentExperiment<BehaviorCloning>.self,
        ModelExperiment.self,
        ComparisonExperiment.self,
        OnlineExperiment.self,
        CartPoleExperiment.self,
        ExplanationExperiment.self,
        GateExperiment.self,
        CampaignExperiment.self,
        BundleExperiment.self,
        ReportExperiment.self,
        KillsExperiment.self,
        EmoSeqExperiment.self,
        SafeguardStudy.self,
    ],
    pipelines: [Loop.self],
    benchmarks: [LanguageSuite.self, NumericsSuite.self, PolicySuite.self, RunsSuite.self]
)
