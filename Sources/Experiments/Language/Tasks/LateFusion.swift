import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics

/// How much each part of a reader counts.
enum LateFusion {
    /// Tenths that add up to 1: those with the best measure on validation; of equals those with the least cross-entropy, then
    /// the first.
    ///
    /// - Parameter logits: of each part, [texts, classes].
    static func shares(_ logits: [Matrix], labels: [Int], measure: ClassificationMeasure) throws -> [Double] {
        guard let classes = logits.first?.columns, logits.count > 1 else { return logits.map { _ in 1 } }
        var best: (shares: [Double], value: Double, loss: Double)?
        for tenths in compositions(of: 10, into: logits.count) {
            let shares = tenths.map { Double($0) / 10 }
            let fused = TextReader.fuse(logits, shares: shares)
            let value = try measure.value(truth: labels, predicted: fused.argmaxOfRows, classCount: classes)
            let rows = fused.doubles
            let temperature = try TemperatureScaling.fit(logits: rows, labels: labels)
            let loss = TemperatureScaling.crossEntropy(logits: rows, labels: labels, temperature: temperature)
            if best.map({ (value, -loss) > ($0.value, -$0.loss) }) ?? true { best = (shares, value, loss) }
        }
        return best?.shares ?? logits.map { _ in 1 / Double(logits.count) }
    }

    /// All ways to write `total` as a sum of `count` numbers from 0 on.
    static func compositions(of total: Int, into count: Int) -> [[Int]] {
        guard count > 1 else { return [[total]] }
        return (0...total).flatMap { first in
            compositions(of: total - first, into: count - 1).map { [first] + $0 }
        }
    }

    static func table(_ parts: [TrainedPart], _ shares: [Double]) -> ResultTable {
        ResultTable(
            "parts", columns: ["part", "share", "chosen by validation"],
            rows: zip(parts, shares).map { [.text($0.part.partKind.rawValue), Cell($1), .text($0.choice)] })
    }
}
