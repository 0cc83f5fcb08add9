import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

extension TaskJudge {
    /// What one temperature and what weights a class, both chosen on validation, do there and on the test texts; and, to show
    /// how far the two sets are apart, the temperature that the test texts would have wanted.
    func calibrations(
        _ reader: TextReader, validation: (logits: Matrix, labels: [Int]), test: JudgedTexts, thresholds: [Double]
    ) throws -> [ResultTable] {
        let hindsight = try TemperatureScaling.fit(logits: test.fused, labels: test.texts.labels)
        var table = ResultTable(
            "calibration",
            columns: [
                "texts", "temperature", "calibration error", "by class", "log loss", measure.figureName,
                "with thresholds",
            ])
        let sets = [("validation", validation.logits, validation.labels), ("test", test.fused, test.texts.labels)]
        for (name, logits, labels) in sets {
            var temperatures = [("none", 1.0), ("fitted on validation", reader.temperature)]
            if name == "test" { temperatures.append(("fitted on test, in hindsight", hindsight)) }
            for (kind, temperature) in temperatures {
                let probabilities = TextReader.probabilities(ofLogits: logits, temperature: temperature)
                let scores = try ProbabilityScores(probabilities: probabilities, labels: labels)
                let count = reader.classes.count
                let plain = try measure.value(
                    truth: labels, predicted: probabilities.argmaxOfRows, classCount: count)
                // The weights were chosen at the reader's temperature and mean nothing at another.
                let weighted =
                    temperature == reader.temperature
                    ? try measure.value(
                        truth: labels,
                        predicted: ClassThresholds.decide(probabilities: probabilities, weights: thresholds),
                        classCount: count) : nil
                table.rows.append([
                    .text("\(name), \(kind)"), Cell(temperature), Cell(scores.calibrationError),
                    Cell(scores.classWiseCalibrationError), Cell(scores.logLoss), Cell(plain), Cell(weighted),
                ])
            }
        }
        let weights = ResultTable(
            "thresholds", columns: ["class", "weight"],
            rows: zip(reader.classes, thresholds).map { [.text($0), Cell($1)] })
        return [table, weights]
            + (try sets.map { name, logits, labels in
                try reliability("reliability." + name, reader, logits, labels)
            })
    }

    private func reliability(
        _ name: String, _ reader: TextReader, _ logits: Matrix, _ labels: [Int]
    ) throws -> ResultTable {
        let probabilities = TextReader.probabilities(ofLogits: logits, temperature: reader.temperature)
        let bins = try ProbabilityScores(probabilities: probabilities, labels: labels, bins: 10).reliability.bins
        return ResultTable(
            name, columns: ["from", "to", "texts", "confidence", "right"],
            rows: bins.filter { $0.count > 0 }.map {
                [Cell($0.lower), Cell($0.upper), Cell($0.count), Cell($0.confidence), Cell($0.accuracy)]
            })
    }
}
