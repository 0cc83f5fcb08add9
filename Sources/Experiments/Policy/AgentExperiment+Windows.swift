import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation

extension AgentExperiment {
    /// The same for a log larger than memory: `window` episodes are in memory at a time.
    func trainInWindows(_ configuration: Configuration, _ run: Run) throws -> Evaluation {
        // Data in: whole pieces of the file teach or judge, no customer on both sides.
        let journeys = try WindowedJourneys(run, dataset: configuration.log, window: configuration.window)
        let split = try journeys.pieces.split(
            journeys.reader, trainingShare: configuration.trainingShare, stream: run.stream("split"))
        let judging = try journeys.judging(split, stream: run.stream("judging"))
        try run.artifact(CustomerSplit.file) { try judging.encoded().write(to: $0) }
        let settings = configuration.agent
        let frame = try LearningFrame(
            journeys.reader, split.training, rewardScale: settings.rewardScale,
            willRead: { _ in try run.checkCancellation() })
        let feed = try JourneyFeed(
            journeys.reader, split.training, frame: frame, reward: configuration.reward, steps: settings.returnSteps,
            stream: run.stream("windows"))
        run.progress(0.1, "\(split.training.episodeCount) episodes to learn from, \(feed.windowCount) windows a pass")

        // Learning, under the masks that the safeguards had set.
        let policy = try TrainingParts(feed).train(configuration.method, settings, run)
        let learned = exploring(policy, configuration.epsilon)
        let sample = try journeys.sample(judging, run)
        try run.policyArtifacts(
            learned, actions: sample.actionNames, discount: sample.log.discount, safeguard: sample.safeguard)
        var evaluation = try configuration.judge.evaluation(of: learned, on: sample, judging, run)
        evaluation.notes += journeys.notes(split, judging: judging, settings)
        return evaluation
    }
}
