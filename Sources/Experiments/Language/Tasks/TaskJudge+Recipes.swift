import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

/// A recipe inside a richer one: a reader of some of its parts, with what validation chose for these alone.
struct ContainedReader {
    let recipe: ReaderRecipe
    /// Where its parts stand among the richer reader's.
    let places: [Int]
    let reader: TextReader
    /// CPU seconds until it was trained.
    let trainingSeconds: Double
}

extension TaskJudge {
    /// What each contained recipe would have been without the rest, and what the whole is better by: one training shows the
    /// frontier of quality and cost.
    func contained(_ readers: [ContainedReader], in whole: JudgedTexts) throws -> [Figure] {
        try readers.flatMap { contained in
            let alone = JudgedTexts(
                contained.reader, contained.places.map { whole.logits[$0] }, whole.texts,
                seconds: contained.places.map { whole.seconds[$0] })
            let count = contained.reader.classes.count
            let own = try measure.estimate(
                truth: whole.texts.labels, predicted: alone.predicted, classCount: count, resamples: resamples,
                stream: run.stream("bootstrap"))
            let over = try measure.difference(
                truth: whole.texts.labels, first: alone.predicted, second: whole.predicted, classCount: count,
                resamples: resamples, stream: run.stream("bootstrap"))
            let name = contained.recipe.rawValue
            return [
                Figure("\(measure.figureName).\(name)", own, better: .higher),
                Figure("\(measure.figureName).over.\(name)", over, better: .higher),
            ] + Self.costs(training: contained.trainingSeconds, reading: alone, suffix: "." + name)
        }
    }

    static func costs(training: Double, reading: JudgedTexts, suffix: String = "") -> [Figure] {
        [
            Figure("trainingSeconds" + suffix, training, unit: "CPU s", better: .lower, source: .clock),
            Figure(
                "readingSeconds" + suffix, reading.secondsPerThousand, unit: "CPU s a 1,000 texts", better: .lower,
                source: .clock),
        ]
    }
}
