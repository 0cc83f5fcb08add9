/// How far stated confidence is from the share of right answers, by bins of equal width.
public struct ReliabilityDiagram: Sendable, Hashable, Codable {
    /// One bin of confidence [index / bins, (index + 1) / bins); the last one includes 1.
    public struct Bin: Sendable, Hashable, Codable {
        public let lower: Double
        public let upper: Double
        public let count: Int
        /// Mean of the stated confidences; 0 in an empty bin.
        public let confidence: Double
        /// Share of right answers; 0 in an empty bin.
        public let accuracy: Double
    }

    public let bins: [Bin]

    /// Sorts predictions into bins of equal width.
    ///
    /// - Parameter confidences: the stated probability of each predicted answer, in [0, 1].
    /// - Throws: `StatisticsError.lengthsDiffer`, `StatisticsError.outOfRange`.
    public init(confidences: [Double], correct: [Bool], bins count: Int = 15) throws {
        guard confidences.count == correct.count else {
            throw StatisticsError.lengthsDiffer(
                what: "confidences and answers", first: confidences.count, second: correct.count)
        }
        guard count > 0 else { throw StatisticsError.outOfRange(name: "bins", value: "\(count)", allowed: "positive") }
        var sums = [(count: Int, confidence: Double, hits: Int)](repeating: (0, 0, 0), count: count)
        for (confidence, correct) in zip(confidences, correct) {
            guard confidence >= 0, confidence <= 1 else {
                throw StatisticsError.outOfRange(name: "a confidence", value: "\(confidence)", allowed: "in [0, 1]")
            }
            let place = min(Int(confidence * Double(count)), count - 1)
            sums[place].count += 1
            sums[place].confidence += confidence
            sums[place].hits += correct ? 1 : 0
        }
        bins = sums.indices.map { place in
            let size = Double(max(1, sums[place].count))
            return Bin(
                lower: Double(place) / Double(count), upper: Double(place + 1) / Double(count),
                count: sums[place].count, confidence: sums[place].confidence / size,
                accuracy: Double(sums[place].hits) / size)
        }
    }

    /// Σ (share of the bin) · |accuracy − confidence|; not a number without predictions.
    ///
    /// Source: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
    public var expectedCalibrationError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        return bins.reduce(0) { $0 + Double($1.count) * abs($1.accuracy - $1.confidence) } / Double(total)
    }
}

/// The expected calibration error over bins of equal width; see `ReliabilityDiagram`.
///
/// - Throws: `StatisticsError.lengthsDiffer`, `StatisticsError.outOfRange`.
public func expectedCalibrationError(confidences: [Double], correct: [Bool], bins: Int = 15) throws -> Double {
    try ReliabilityDiagram(confidences: confidences, correct: correct, bins: bins).expectedCalibrationError
}
