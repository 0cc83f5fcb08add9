public import LabNumerics

/// How well predicted classes match true ones.
///
/// A class without a prediction has precision 0, one without a true member recall 0; all classes count in the averages.
public struct ClassificationReport: Sendable, Hashable, Codable {
    /// Figures of one class.
    public struct ClassFigures: Sendable, Hashable, Codable {
        public let name: String
        public let precision: Double
        public let recall: Double
        public let f1: Double
        /// True members.
        public let support: Int
    }

    public let classes: [ClassFigures]
    /// confusion[truth][predicted].
    public let confusion: [[Int]]
    public let accuracy: Double
    /// The unweighted mean of the classes' F1.
    public let macroF1: Double
    /// The unweighted mean of the classes' recall.
    public let balancedAccuracy: Double

    /// Compares classes given as places in `classes`.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`, `StatisticsError.outOfRange` for a place that is no class.
    public init(truth: [Int], predicted: [Int], classes names: [String]) throws {
        guard truth.count == predicted.count else {
            throw StatisticsError.lengthsDiffer(
                what: "true and predicted classes", first: truth.count, second: predicted.count)
        }
        for place in [truth.min(), truth.max(), predicted.min(), predicted.max()].compactMap({ $0 })
        where !names.indices.contains(place) {
            throw StatisticsError.outOfRange(name: "a class", value: "\(place)", allowed: "0 ..< \(names.count)")
        }
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: names.count), count: names.count)
        for (truth, predicted) in zip(truth, predicted) { confusion[truth][predicted] += 1 }
        self.init(confusion: confusion, classes: names)
    }

    /// The figures of a square confusion matrix [truth][predicted].
    public init(confusion: [[Int]], classes names: [String]) {
        self.confusion = confusion
        classes = names.indices.map { place in
            let hits = Double(confusion[place][place])
            let support = confusion[place].reduce(0, +)
            let predictions = confusion.reduce(0) { $0 + $1[place] }
            return ClassFigures(
                name: names[place], precision: predictions == 0 ? 0 : hits / Double(predictions),
                recall: support == 0 ? 0 : hits / Double(support),
                f1: support + predictions == 0 ? 0 : 2 * hits / Double(support + predictions), support: support)
        }
        let total = confusion.reduce(0) { $0 + $1.reduce(0, +) }
        accuracy = Double(names.indices.reduce(0) { $0 + confusion[$1][$1] }) / Double(total)
        macroF1 = classes.reduce(0) { $0 + $1.f1 } / Double(names.count)
        balancedAccuracy = classes.reduce(0) { $0 + $1.recall } / Double(names.count)
    }

    /// Macro-F1 with a percentile bootstrap interval over the observations.
    ///
    /// - Throws: as `init(truth:predicted:classes:)`.
    public static func macroF1(
        truth: [Int], predicted: [Int], classCount: Int, resamples: Int = 2_000, level: Double = 0.95,
        stream: RandomStream
    ) throws -> Estimate {
        let names = (0..<classCount).map(String.init)
        _ = try ClassificationReport(truth: truth, predicted: predicted, classes: names)
        let cells = zip(truth, predicted).map { $0 * classCount + $1 }
        return Bootstrap.percentile(count: cells.count, resamples: resamples, level: level, stream: stream) { indices in
            macroF1(cells, indices, classCount)
        }
    }

    /// Macro-F1 of the second predictions − the first ones', on the same resamples.
    ///
    /// - Throws: as `init(truth:predicted:classes:)`.
    public static func macroF1Difference(
        truth: [Int], first: [Int], second: [Int], classCount: Int, resamples: Int = 2_000, level: Double = 0.95,
        stream: RandomStream
    ) throws -> Estimate {
        let names = (0..<classCount).map(String.init)
        for predicted in [first, second] {
            _ = try ClassificationReport(truth: truth, predicted: predicted, classes: names)
        }
        let cells = [first, second].map { zip(truth, $0).map { $0 * classCount + $1 } }
        return Bootstrap.percentile(count: truth.count, resamples: resamples, level: level, stream: stream) { indices in
            macroF1(cells[1], indices, classCount) - macroF1(cells[0], indices, classCount)
        }
    }

    private static func macroF1(_ cells: [Int], _ indices: [Int], _ classes: Int) -> Double {
        var counts = [Int](repeating: 0, count: classes * classes)
        for index in indices { counts[cells[index]] += 1 }
        var sum = 0.0
        for place in 0..<classes {
            var members = 0
            for other in 0..<classes { members += counts[place * classes + other] + counts[other * classes + place] }
            if members > 0 { sum += 2 * Double(counts[place * classes + place]) / Double(members) }
        }
        return sum / Double(classes)
    }
}
