import LabDomain

/// The baseline: VADER's compound score cut at two thresholds.
public struct LexiconReader: Sendable {
    public let scorer: VaderScorer
    /// At most this is negative, at least `upper` positive.
    public let lower: Double
    public let upper: Double

    /// The thresholds that VADER's authors recommend are -.05 and .05.
    public init(_ scorer: VaderScorer, lower: Double = -0.05, upper: Double = 0.05) {
        self.scorer = scorer
        self.lower = lower
        self.upper = upper
    }

    /// 0 negative, 1 neutral, 2 positive for each compound score.
    public func classify(_ compounds: [Double]) -> [Int] {
        compounds.map { $0 <= lower ? 0 : $0 < upper ? 1 : 2 }
    }

    /// The same lexicon with the thresholds that give the best macro-F1 on labelled examples, on a grid of .05.
    public func tuned(compounds: [Double], labels: [Int]) -> LexiconReader {
        var best = (score: -1.0, reader: self)
        let grid = (0...16).map { Double($0) * 0.05 }
        for below in grid {
            for above in grid {
                let reader = LexiconReader(scorer, lower: -below - 1e-9, upper: above + 1e-9)
                let score = macroF1(predicted: reader.classify(compounds), labels: labels, classes: 3)
                if score > best.score { best = (score, reader) }
            }
        }
        return best.reader
    }
}

/// The mean over classes of 2·hits / (predicted + actual); a class that occurs nowhere counts 0.
func macroF1(predicted: [Int], labels: [Int], classes: Int) -> Double {
    var hits = [Double](repeating: 0, count: classes)
    var sizes = [Double](repeating: 0, count: classes)
    for (guess, label) in zip(predicted, labels) {
        sizes[guess] += 1
        sizes[label] += 1
        if guess == label { hits[label] += 1 }
    }
    return (0..<classes).reduce(0) { $0 + (sizes[$1] > 0 ? 2 * hits[$1] / sizes[$1] : 0) } / Double(classes)
}
