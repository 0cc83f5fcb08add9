import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabWorkbench

/// Says how good a reader is: the task's measure with intervals, calibration, cost, and where it errs.
struct TaskJudge {
    let measure: ClassificationMeasure
    /// Finds the language of each text; `nil` leaves that slice out.
    let languages: LanguageIdentifier?
    let showTexts: Bool
    let resamples: Int
    let run: Run

    /// Lets the reader read.
    func read(_ texts: LabelledTexts, by reader: TextReader) throws -> JudgedTexts {
        var (logits, seconds) = ([Matrix](), [Double]())
        for part in reader.parts {
            let begin = CPUClock.now()
            logits.append(try part.logits(texts.texts))
            seconds.append(CPUClock.now() - begin)
        }
        let judged = JudgedTexts(reader, logits, texts, seconds: seconds)
        run.progress(0.95, "\(texts.count) texts read")
        return judged
    }

    func evaluation(of reader: TextReader, _ judged: JudgedTexts) throws -> Evaluation {
        let texts = judged.texts
        var evaluation = Evaluation()
        let value = try measure.estimate(
            truth: texts.labels, predicted: judged.predicted, classCount: reader.classes.count, resamples: resamples,
            stream: run.stream("bootstrap"))
        evaluation.figures.append(Figure(measure.figureName, value, better: .higher))
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
    /// What each part took to read the texts; unit: CPU s.
    let seconds: [Double]
    /// Of the parts that count; unit: CPU s a 1,000 texts.
    let secondsPerThousand: Double
    /// Fused, before calibration.
    let fused: Matrix
    /// Calibrated, [texts, classes].
    let probabilities: Matrix
    /// The class of each text.
    let predicted: [Int]

    init(_ reader: TextReader, _ logits: [Matrix], _ texts: LabelledTexts, seconds: [Double]) {
        self.texts = texts
        self.logits = logits
        self.seconds = seconds
        let counted = zip(seconds, reader.shares).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
        secondsPerThousand = texts.count == 0 ? 0 : counted / Double(texts.count) * 1_000
        fused = TextReader.fuse(logits, shares: reader.shares)
        probabilities = TextReader.probabilities(ofLogits: fused, temperature: reader.temperature)
        predicted = reader.decide(probabilities)
    }

    func confidence(_ text: Int) -> Double { Double(probabilities[text, predicted[text]]) }
    func isRight(_ text: Int) -> Bool { predicted[text] == texts.labels[text] }
}
