import Foundation
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

extension PartTraining {
    /// In a checkpoint: the network, its moments and what is best so far.
    private static var stateFile: String { "tuning.safetensors" }

    /// Trains the encoder with a head; a resumed run goes on behind its last checkpoint.
    func tuned() throws -> TrainedPart {
        guard let encoder = tools.encoder, let sentences = encoder.transformer else {
            throw LanguageError.badRecipe("it needs an encoder that can be trained")
        }
        let tuning = configuration.tuning
        let (train, held) = (data.train.texts, data.validation.texts)
        let tokeniser = sentences.tokeniser
        let limit = min(tuning.limit, sentences.model.shape.longest)
        let ids = TunedPart.ids(train.texts, tokeniser, tools.preparation, limit: limit)
        let heldIDs = TunedPart.ids(held.texts, tokeniser, tools.preparation, limit: limit)
        let metric: FineTuning.Metric = Task.task.measure == .macroRecall ? .macroRecall : .macroF1
        var training = try FineTuning(
            encoder.model(), tuning.settings(train.labels, classes: data.classes.count, metric: metric),
            labels: data.classes, examples: FineTuning.Examples(ids: ids, classes: train.labels),
            validation: FineTuning.Examples(ids: heldIDs, classes: held.labels), stream: run.stream("tuning"))
        if let saved = run.resumption, saved.names.contains(Self.stateFile) {
            try training.restore(.read(saved.file(Self.stateFile)))
        }
        while !training.isFinished {
            if let report = try training.step() {
                run.log("tuning.loss", report.loss, step: report.step)
                if let value = report.validation { run.log("tuning.validation", value, step: report.step) }
            }
            if training.stepsTaken % 10 == 0 {
                let share = Double(training.stepsTaken) / Double(training.totalSteps)
                run.progress(
                    0.35 + 0.45 * share, "tuning: step \(training.stepsTaken) of \(training.totalSteps)")
            }
            try run.checkCancellation()
            // A state holds all parameters three times: writing it often would cost more than the steps between.
            let isSpaced = training.stepsTaken.isMultiple(of: max(1, training.stepsPerEpoch / 4))
            guard !training.isFinished, isSpaced, run.isCheckpointDue else { continue }
            let state = try training.state()
            try run.checkpoint(step: training.stepsTaken) { folder in
                try state.write(to: folder.appending(path: Self.stateFile))
            }
        }
        let part = TunedPart(
            training.classifier, tokeniser: tokeniser, preparation: tools.preparation, limit: limit)
        return TrainedPart(
            part: part, validation: try part.logits(held.texts), choice: "state of step \(training.bestStep)")
    }
}
