import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabSimulation

/// What is trained one after another: a network for everybody and, where asked for, one for each segment.
struct TrainingParts {
    private struct Part {
        /// Of its streams and metrics; `agent` for everybody.
        let name: String
        let segment: Int?
        let source: Source
    }

    /// What is learned from: all of it in memory, or a log larger than that.
    private enum Source {
        case dataset(OfflineDataset)
        case feed(JourneyFeed)

        func training<Method: Agent>(
            _ method: Method, _ settings: TrainingSettings, stream: RandomStream
        ) throws -> AgentTraining<Method> {
            switch self {
            case .dataset(let dataset): try AgentTraining(method, settings, on: dataset, stream: stream)
            case .feed(let feed): try AgentTraining(method, settings, on: feed, stream: stream)
            }
        }
    }

    private let parts: [Part]
    private let rule: SegmentRule?

    init(_ dataset: OfflineDataset, _ settings: SegmentSettings) throws {
        var parts = [Part(name: "agent", segment: nil, source: .dataset(dataset))]
        rule = settings.separate ? try settings.rule(dataset.log.schema) : nil
        if let rule {
            let segments = rule.segments(ofDecisionsIn: dataset.log)
            for segment in rule.features.indices {
                let own = dataset.filtered { segments[$0] == segment }
                guard own.count >= settings.minimumTransitions else { continue }
                parts.append(Part(name: "segment.\(segment)", segment: segment, source: .dataset(own)))
            }
        }
        self.parts = parts
    }

    /// One network for everybody, from a log larger than memory.
    init(_ feed: JourneyFeed) {
        parts = [Part(name: "agent", segment: nil, source: .feed(feed))]
        rule = nil
    }

    /// In a checkpoint: networks, moments, streams and sums of one part.
    private static func file(_ part: Int) -> String { "agent.\(part).safetensors" }

    /// Trains all parts; a resumed run goes on in the middle of one.
    func train<Method: Agent>(
        _ method: Method, _ settings: TrainingSettings, _ run: Run
    ) throws -> any PolicyScorer {
        let saved = run.resumption
        var finished: [TrainingState] = []
        var policies: [any PolicyScorer] = []
        for (index, part) in parts.enumerated() {
            var training = try part.source.training(method, settings, stream: run.stream(part.name))
            if let saved, saved.names.contains(Self.file(index)) {
                try training.restore(.read(saved.file(Self.file(index))))
            }
            while !training.isFinished {
                let before = index * settings.steps
                if let report = try training.step() {
                    log(report, part, before, run)
                    let share = Double(before + report.step) / Double(parts.count * settings.steps)
                    run.progress(0.1 + 0.4 * share, "\(part.name): step \(report.step), loss \(report.loss)")
                }
                try run.checkCancellation()
                guard training.isFinished || run.isCheckpointDue else { continue }
                let states = finished + [try training.state()]
                try run.checkpoint(step: before + training.stepsTaken) { folder in
                    for (index, state) in states.enumerated() {
                        try state.write(to: folder.appending(path: Self.file(index)))
                    }
                }
            }
            finished.append(try training.state())
            policies.append(training.policy)
        }
        guard let rule else { return policies[0] }
        var segments = [(any PolicyScorer)?](repeating: nil, count: rule.features.count)
        for (part, policy) in zip(parts, policies) { if let segment = part.segment { segments[segment] = policy } }
        return try SegmentedPolicy(rule: rule, segments: segments, fallback: policies[0])
    }

    private func log(_ report: TrainingReport, _ part: Part, _ before: Int, _ run: Run) {
        let prefix = part.segment == nil ? "" : part.name + "."
        run.log(prefix + "loss", report.loss, step: report.step)
        if report.second != 0 { run.log(prefix + "secondLoss", report.second, step: report.step) }
        if report.greedyValue != 0 { run.log(prefix + "greedyValue", report.greedyValue, step: report.step) }
    }
}
