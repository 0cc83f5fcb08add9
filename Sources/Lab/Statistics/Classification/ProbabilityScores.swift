public import LabNumerics
import RealModule

/// How good stated probabilities of classes are, each row of a matrix [observations, classes] adding up to 1.
public struct ProbabilityScores: Sendable, Hashable, Codable {
    /// Mean negative log-probability of the true class, in nats; a probability of 0 counts as 10⁻³⁰.
    public let logLoss: Double
    /// Mean over observations of Σ_c (p_c − [c is true])², between 0 and 2.
    ///
    /// Source: Brier 1950, equation 2.
    public let brier: Double
    /// Of the most probable class; see `ReliabilityDiagram`.
    public let calibrationError: Double
    /// The mean over classes of each one's own expected calibration error, over all observations.
    ///
    /// Source: Kull, Perello-Nieto, Kängsepp, Silva Filho, Song and Flach, NeurIPS 2019, equation 5.
    public let classWiseCalibrationError: Double
    /// Bins of the most probable class's probability.
    public let reliability: ReliabilityDiagram

    /// - Parameter labels: the true class of each row.
    /// - Throws: `StatisticsError.lengthsDiffer`, `.tooFew`, `.outOfRange` for a label that is no class or a probability
    ///   outside [0, 1].
    public init(probabilities: Matrix, labels: [Int], bins: Int = 15) throws {
        guard probabilities.rows == labels.count else {
            throw StatisticsError.lengthsDiffer(
                what: "probabilities and labels", first: probabilities.rows, second: labels.count)
        }
        guard !labels.isEmpty, probabilities.columns > 0 else {
            throw StatisticsError.tooFew(what: "a set of labels", count: labels.count, needed: 1)
        }
        if let wrong = labels.first(where: { !(0..<probabilities.columns).contains($0) }) {
            throw StatisticsError.outOfRange(
                name: "a label", value: "\(wrong)", allowed: "0 ..< \(probabilities.columns)")
        }
        let best = probabilities.argmaxOfRows
        reliability = try ReliabilityDiagram(
            confidences: best.enumerated().map { Self.probability(probabilities, $0, $1) },
            correct: zip(best, labels).map { $0 == $1 }, bins: bins)
        calibrationError = reliability.expectedCalibrationError
        var sum = 0.0
        for label in 0..<probabilities.columns {
            sum += try LabStatistics.expectedCalibrationError(
                confidences: labels.indices.map { Self.probability(probabilities, $0, label) },
                correct: labels.map { $0 == label }, bins: bins)
        }
        classWiseCalibrationError = sum / Double(probabilities.columns)
        let count = Double(labels.count)
        logLoss =
            compensatedSum(
                labels.enumerated().lazy.map { -Double.log(max(Double(probabilities[$0, $1]), 1e-30)) }) / count
        brier =
            compensatedSum(
                labels.enumerated().lazy.map { row, label in
                    (0..<probabilities.columns).reduce(0.0) { sum, column in
                        let difference = Double(probabilities[row, column]) - (column == label ? 1 : 0)
                        return sum + difference * difference
                    }
                }) / count
    }

    /// Probabilities of 32 bits may exceed 1 by their last bit.
    private static func probability(_ matrix: Matrix, _ row: Int, _ column: Int) -> Double {
        let value = Double(matrix[row, column])
        return value > 1 && value < 1 + 1e-5 ? 1 : value
    }
}
