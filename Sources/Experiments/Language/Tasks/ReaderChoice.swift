import LabLanguage
import LabNumerics
import LabStatistics

/// What validation texts choose once the parts of a reader are trained: how much each part counts, one temperature and a
/// weight a class.
struct ReaderChoice {
    /// By part; they add up to 1.
    let shares: [Double]
    let temperature: Double
    /// By class; what decides where a task decides by thresholds.
    let weights: [Double]
    /// Fused log-probabilities of the validation texts before calibration, [texts, classes].
    let validation: Matrix

    /// - Parameters:
    ///   - logits: of each part, [validation texts, classes].
    ///   - labels: of the validation texts.
    init(_ logits: [Matrix], labels: [Int], measure: ClassificationMeasure) throws {
        shares = try LateFusion.shares(logits, labels: labels, measure: measure)
        validation = TextReader.fuse(logits, shares: shares)
        temperature = try TemperatureScaling.fit(logits: validation, labels: labels)
        weights = try ClassThresholds.exclusive(
            probabilities: TextReader.probabilities(ofLogits: validation, temperature: temperature), labels: labels,
            measure: measure)
    }
}
