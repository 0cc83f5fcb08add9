import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation

/// A simulated population with how it was heard, protected and advertised to: where the truth about a policy is known.
struct SimulatedWorld {
    let parameters: EmoSeqParameters
    let safeguard: Safeguard
    /// `nil` is the simulator's own Gaussian voice.
    let voice: RecordedVoice?
    let behavior: EmoSeqLoggingPolicy

    init(
        _ parameters: EmoSeqParameters, safeguard: Safeguard = Safeguard(), voice: RecordedVoice? = nil,
        behavior: EmoSeqLoggingPolicy? = nil
    ) {
        self.parameters = parameters
        self.safeguard = safeguard
        self.voice = voice
        self.behavior = behavior ?? EmoSeqLoggingPolicy(parameters)
    }

    /// The world in which a run made its journeys.
    init(_ run: SealedRun, readings: SealedRun?) throws {
        if run.experiment == EmoSeqExperiment.name {
            let configuration = try run.configuration(as: EmoSeqExperiment.Configuration.self)
            self.init(
                try configuration.population, safeguard: Safeguard(thresholds: try configuration.thresholds))
            return
        }
        func setting(_ key: String, _ fallback: Double) throws -> Double {
            try run.configuration[key]?.decode(as: Double.self) ?? fallback
        }
        let parameters = EmoSeqParameters.presetS
        let standard = SafeguardThresholds.standard
        let safeguard = Safeguard(
            thresholds: try SafeguardThresholds(
                distress: setting("distressThreshold", standard.distress),
                confidence: setting("confidenceThreshold", standard.confidence)))
        self.init(
            parameters, safeguard: safeguard,
            voice: try readings.map { try SpokenPosts($0.artifact("readings.h5")).voice },
            behavior: EmoSeqLoggingPolicy(
                schema: parameters.schema, uniformShare: try setting("uniformShare", 0.1)))
    }

    /// The policy that logs; with the switch `confounded` it looks at what is hidden.
    var logging: any SimulationPolicy {
        parameters.loggingConfounding == 0 ? ObservedPolicy(behavior) : ConfoundedLogging(parameters)
    }

    var voiceName: String {
        voice == nil ? "the simulator's own voice" : "posts of the speech split as the model reads them"
    }

    func environment(_ stream: RandomStream) throws -> EmoSeqEnvironment {
        try EmoSeqEnvironment(parameters, voice: voice, stream: stream)
    }

    /// - Parameter guarded: `false` only to measure in simulation what the safeguards cost.
    func rollout(guarded: Bool = true, keepsJourneys: Bool = false) throws -> Rollout {
        Rollout(
            safeguard: guarded ? safeguard : nil, table: try parameters.actionTable, keepsJourneys: keepsJourneys)
    }

    /// How likely each assessment is in each emotion.
    func odds(_ stream: RandomStream) -> AssessmentOdds {
        voice.map { AssessmentOdds($0, safeguard: safeguard, stream: stream) }
            ?? AssessmentOdds(parameters, safeguard: safeguard)
    }
}
