import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

/// Says how good a reader is: the task's measure with intervals, its parts beside it, calibration, and where it errs.
struct TaskJudge {
    let measure: ClassificationMeasure
    /// Finds the language of each text; `nil` leaves that slice out.
    let languages: LanguageIdentifier?
    let showTexts: Bool
    let resamples: Int
    let run: Run

    /// Lets the reader read.
    func read(_ texts: LabelledTexts, by reader: TextReader) throws -> JudgedTexts {
        let judged = JudgedTexts(reader, try reader.parts.map { try $0.logits(texts.texts) }, texts)
        run.progress(0.95, "\(texts.count) texts read")
        return judged
    }

    func evaluation(of reader: TextReader, _ judged: JudgedTexts) throws -> Evaluation {
        let texts = judged.texts
        var evaluation = Evaluation()
        let stream = run.stream("bootstrap")
        let value = try measure.estimate(
            truth: texts.labels, predicted: judged.predicted, classCount: reader.classes.count, resamples: resamples,
            stream: stream)
        evaluation.figures.append(Figure(measure.figureName, value, better: .higher))
        if reader.parts.count > 1 {
            for (part, logits) in zip(reader.parts, judged.logits) {
                let alone = logits.argmaxOfRows
                let name = part.partKind.rawValue
                let own = try measure.estimate(
                    truth: texts.labels, predicted: alone, classCount: reader.classes.count, resamples: resamples,
                    stream: stream)
                let over = try measure.difference(
                    truth: texts.labels, first: alone, second: judged.predicted, classCount: reader.classes.count,
                    resamples: resamples, stream: stream)
                evaluation.figures.append(Figure("\(measure.figureName).\(name)", own, better: .higher))
                evaluation.figures.append(Figure("\(measure.figureName).over.\(name)", over, better: .higher))
            }
        }
        let report = try ClassificationReport(
            truth: texts.labels, predicted: judged.predicted, classes: reader.classes)
        evaluation.figures += [
            Figure("accuracy", report.accuracy, count: texts.count, better: .higher)
        ]
        evaluation.figures += try scores(judged.probabilities, texts.labels, prefix: "")
        evaluation.tables = [Self.classes(report), Self.confusion(report)]
        evaluation.tables.append(try slices(judged))
        evaluation.tables.append(contentsOf: errors(judged))
        evaluation.notes.append("Intervals are percentile bootstraps over the texts, with the reader held fixed.")
        return evaluation
    }

    /// The measure and the calibration on the texts that chose.
    func validation(_ reader: TextReader, _ logits: Matrix, _ labels: [Int]) throws -> [Figure] {
        let probabilities = TextReader.probabilities(ofLogits: logits, temperature: reader.temperature)
        let value = try measure.estimate(
            truth: labels, predicted: reader.decide(probabilities), classCount: reader.classes.count,
            resamples: resamples, stream: run.stream("bootstrap"))
        return [Figure("validation.\(measure.figureName)", value, better: .higher)]
            + (try scores(probabilities, labels, prefix: "validation."))
    }

    private func scores(_ probabilities: Matrix, _ labels: [Int], prefix: String) throws -> [Figure] {
        let scores = try ProbabilityScores(probabilities: probabilities, labels: labels)
        return [
            Figure(prefix + "calibrationError", scores.calibrationError, count: labels.count, better: .lower),
            Figure(
                prefix + "classCalibrationError", scores.classWiseCalibrationError, count: labels.count, better: .lower
            ),
            Figure(prefix + "logLoss", scores.logLoss, unit: "nats", count: labels.count, better: .lower),
        ]
    }

    private static func classes(_ report: ClassificationReport) -> ResultTable {
        ResultTable(
            "classes", columns: ["class", "precision", "recall", "f1", "texts"],
            rows: report.classes.map {
                [.text($0.name), Cell($0.precision), Cell($0.recall), Cell($0.f1), Cell($0.support)]
            })
    }

    private static func confusion(_ report: ClassificationReport) -> ResultTable {
        let names = report.classes.map(\.name)
        return ResultTable(
            "confusion", columns: ["truth"] + names,
            rows: zip(names, report.confusion).map { [.text($0)] + $1.map { Cell($0) } })
    }
}

extension ClassificationMeasure {
    /// Such as `macroF1`.
    var figureName: String {
        switch self {
        case .accuracy: "accuracy"
        case .macroF1: "macroF1"
        case .macroRecall: "macroRecall"
        case .f1(let place): "f1.\(place)"
        case .meanF1: "meanF1"
        }
    }
}

/// Texts with what a reader says of them.
struct JudgedTexts {
    let texts: LabelledTexts
    /// Of each part of the reader, [texts, classes].
    let logits: [Matrix]
    /// Fused, before calibration.
    let fused: Matrix
    /// Calibrated, [texts, classes].
    let probabilities: Matrix
    /// The class of each text.
    let predicted: [Int]

    init(_ reader: TextReader, _ logits: [Matrix], _ texts: LabelledTexts) {
        self.texts = texts
        self.logits = logits
        fused = TextReader.fuse(logits, shares: reader.shares)
        probabilities = TextReader.probabilities(ofLogits: fused, temperature: reader.temperature)
        predicted = reader.decide(probabilities)
    }

    func confidence(_ text: Int) -> Double { Double(probabilities[text, predicted[text]]) }
    func isRight(_ text: Int) -> Bool { predicted[text] == texts.labels[text] }
}
