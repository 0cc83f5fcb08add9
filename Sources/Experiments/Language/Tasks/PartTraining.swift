import Foundation
import LabLanguage
import LabNumerics
import LabRuns
import LabWorkbench

/// A part with what it says of the validation texts and how it was chosen.
struct TrainedPart {
    let part: any ReadingPart
    /// Logits, [validation texts, classes].
    let validation: Matrix
    /// What validation chose, in words.
    let choice: String
    /// What fitting it cost, and reading the validation texts with it; unit: CPU s.
    var seconds = 0.0
}

/// Fits the parts of a reader.
struct PartTraining<Task: TaskDefinition> {
    let configuration: TaskConfiguration<Task>
    let data: TaskData
    let tools: ReadingTools
    let run: Run

    private var train: LabelledTexts { data.train.texts }
    private var held: LabelledTexts { data.validation.texts }

    func train(_ kind: ReadingPartKind) throws -> TrainedPart {
        let begin = CPUClock.now()
        var part =
            switch kind {
            case .ngrams: try ngrams()
            case .lexiconNGrams:
                throw LanguageError.badRecipe("a lexicon rates sentiment, not \(Task.task.rawValue)")
            case .frozen: try frozen()
            case .tuned: try tuned()
            }
        part.seconds = CPUClock.now() - begin
        return part
    }

    /// Of several penalties the one with the least cross-entropy on validation, each at its own temperature.
    private func chosen<Model>(
        _ penalties: [Double], _ name: String, fit: (Double) throws -> (Model, Matrix)
    ) throws -> (model: Model, logits: Matrix, l2: Double) {
        var best: (model: Model, logits: Matrix, l2: Double, loss: Double)?
        for (step, l2) in penalties.enumerated() {
            let (model, logits) = try fit(l2)
            try run.checkCancellation()
            let rows = logits.doubles
            let temperature = try TemperatureScaling.fit(logits: rows, labels: held.labels)
            let loss = TemperatureScaling.crossEntropy(logits: rows, labels: held.labels, temperature: temperature)
            if run.resumption == nil { run.log("validationLoss.\(name)", loss, step: step) }
            if best.map({ loss < $0.loss }) ?? true { best = (model, logits, l2, loss) }
        }
        guard let best else { throw LanguageError.badRecipe("there is no penalty to try") }
        return (best.model, best.logits, best.l2)
    }

    private func ngrams() throws -> TrainedPart {
        let corpus = try NGramCorpus(train.texts, recipe: configuration.ngrams)
        let heldCorpus = try NGramCorpus(held.texts, recipe: configuration.ngrams)
        let best = try chosen(configuration.ngramL2, "ngrams") { l2 in
            var training = configuration.ngramTraining
            training.l2 = l2
            let model = try training.fit(
                corpus, labels: train.labels, classes: data.classes, stream: run.stream("ngrams")
            ) { _, _ in try run.checkCancellation() }
            return (model, model.logits(heldCorpus))
        }
        run.progress(0.1, "n-grams: l2 \(best.l2)")
        return TrainedPart(part: best.model, validation: best.logits, choice: "l2 \(best.l2)")
    }

    private func frozen() throws -> TrainedPart {
        guard let encoder = tools.encoder?.sentences else { throw LanguageError.badRecipe("it needs an encoder") }
        let layers = try encoder.layers(configuration.layers)
        let features = try embedded(train.texts, encoder, layers, from: 0.1, to: 0.3)
        let heldFeatures = try FrozenPart.features(held.texts, encoder, layers, tools.preparation)
        let best = try chosen(configuration.frozenL2, "frozen") { l2 in
            var training = configuration.frozenTraining
            training.l2 = l2
            let head = try training.fit(features, labels: train.labels, classes: data.classes.count) { _, _ in
                try run.checkCancellation()
            }
            return (head, head.logits(heldFeatures))
        }
        run.progress(0.35, "frozen encoder: l2 \(best.l2)")
        let part = try FrozenPart(
            encoder: encoder, layers: layers, preparation: tools.preparation, head: best.model)
        return TrainedPart(part: part, validation: best.logits, choice: "l2 \(best.l2)")
    }

    /// Long work in pieces, so that progress is seen and Ctrl-C is heard.
    private func embedded(
        _ texts: [String], _ encoder: any SentenceEncoder, _ layers: [Int], from: Double, to: Double
    ) throws -> Matrix {
        var result = Matrix(rows: texts.count, columns: encoder.width * max(1, layers.count))
        var start = 0
        while start < texts.count {
            let end = min(start + 2_048, texts.count)
            let piece = try FrozenPart.features(Array(texts[start..<end]), encoder, layers, tools.preparation)
            result.elements.replaceSubrange(start * result.columns..<end * result.columns, with: piece.elements)
            start = end
            run.progress(from + (to - from) * Double(end) / Double(texts.count), "\(end) texts embedded")
            try run.checkCancellation()
        }
        return result
    }
}
