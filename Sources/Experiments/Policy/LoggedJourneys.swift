import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSafeguards
import LabSimulation
import LabStorage

/// Journeys to learn from, with what made them: the behaviour policy and, where it was a simulator, the world.
struct LoggedJourneys {
    let log: JourneyLog
    let behavior: any PolicyScorer
    /// Where truth is known.
    let world: SimulatedWorld?
    /// Whether the log states no propensities, so that they were estimated by imitating it.
    let estimatesPropensities: Bool

    /// - Parameter dataset: the name of a user's own log; empty takes the run that was given as `journeys`.
    init(_ run: Run, dataset name: String = "") throws {
        guard name.isEmpty else {
            try self.init(ofUser: JourneyFormats.read(run.dataset(name).file(Self.file)), run)
            return
        }
        let parent = try run.parent("journeys")
        let world = try SimulatedWorld(parent, readings: run.optionalParent("readings"))
        self.init(try JourneyLog(contentsOf: parent.artifact(Self.file)), world: world)
    }

    /// Journeys that a simulator made, whose logger is known.
    init(_ log: JourneyLog, world: SimulatedWorld) {
        self.init(log: log, behavior: world.behavior, world: world, estimatesPropensities: false)
    }

    /// A user's own log: its logger is known by its propensities at most, so it is imitated.
    init(ofUser log: JourneyLog, _ run: Run) throws {
        var settings = TrainingSettings()
        settings.steps = 2_000
        settings.learningRate = 1e-3
        var cloning = BehaviorCloning()
        cloning.temperature = 1
        let behavior = try cloning.train(
            settings, on: OfflineDataset(log, rewardScale: 1), stream: run.stream("behavior"),
            checkpoint: { _, _ in try run.checkCancellation() })
        guard !log.statesPropensities else {
            self.init(log: log, behavior: behavior, world: nil, estimatesPropensities: false)
            return
        }
        let probabilities = try behavior.probabilities(
            states: log.decisionObservations, permitted: log.permitted)
        let estimated = try log.estimating(
            propensities: (0..<log.decisionCount).map {
                max(Double(probabilities[$0 * log.actionCount + Int(log.actions[$0])]), 1e-6)
            })
        self.init(log: estimated, behavior: behavior, world: nil, estimatesPropensities: true)
    }

    private init(log: JourneyLog, behavior: any PolicyScorer, world: SimulatedWorld?, estimatesPropensities: Bool) {
        self.log = log
        self.behavior = behavior
        self.world = world
        self.estimatesPropensities = estimatesPropensities
    }

    /// What protects the people of the log.
    var safeguard: Safeguard { world?.safeguard ?? Safeguard() }

    /// Names of the actions in their order, where they are known.
    var actionNames: [String] { world?.parameters.actions.map(\.name) ?? [] }

    /// What the journeys are called in runs and datasets.
    static let file = "journeys.h5"
}
