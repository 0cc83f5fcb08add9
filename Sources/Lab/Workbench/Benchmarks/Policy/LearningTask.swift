import LabDomain
import LabNumerics
import LabPolicy
import LabSimulation

/// What every learner of the suite learns from: 100,000 made-up transitions of episodes of 100 decisions.
enum LearningTask {
    static let features = 32
    static let actions = 12
    static let hidden = [256, 256]
    static let transitions = 100_000

    /// Our learner's round of so many gradient steps, after it has begun.
    static func rounds(_ method: some Agent, batch: Int, steps: Int, replay: PrioritisedReplay = .off) throws
        -> () throws -> Void
    {
        var settings = TrainingSettings()
        settings.hidden = hidden
        settings.steps = 1_000_000
        settings.batchSize = batch
        settings.learningRate = 2.5e-4
        settings.weightDecay = 0
        settings.gradientLimit = 0
        settings.targetInterval = 500
        settings.averagedShare = 0
        settings.rewardScale = 1
        settings.replay = replay
        var training = try AgentTraining(
            method, settings, on: dataset(), stream: RandomStream(seed: 1, name: "benchmark"), every: 1_000_000)
        return { for _ in 0..<steps { _ = try training.step() } }
    }

    private static func dataset() throws -> OfflineDataset {
        let schema = StateSchema(name: "benchmark", version: 1, features: (0..<features).map { "feature\($0)" })
        var log = JourneyLog(schema: schema, actionCount: actions, discount: 0.99)
        var stream = RandomStream(seed: 1, name: "transitions")
        let mask = Array(repeating: true, count: actions)
        func observation() -> [Float] {
            var numbers = [Float](repeating: 0, count: features)
            stream.fillNormal(&numbers)
            return numbers
        }
        for customer in 0..<transitions / 100 {
            let decisions = (0..<100).map { _ in
                JourneyDecision(
                    observation: observation(), action: Int32(stream.nextInt(below: actions)),
                    reward: Double(stream.nextNormal()), propensity: 1 / Double(actions), permitted: mask)
            }
            try log.append(
                customer: Int32(customer), segment: 0, decisions: decisions, ending: observation(), terminal: true)
        }
        return OfflineDataset(log, rewardScale: 1)
    }
}
