public import LabNumerics

extension TemperatureScaling {
    /// The temperature with the least mean cross-entropy on held-out examples of classes that exclude each other.
    ///
    /// - Parameter logits: [examples, classes].
    /// - Throws: `LanguageError.noExamples`.
    public static func fit(logits: Matrix, labels: [Int]) throws -> Double {
        try fit(logits: (0..<logits.rows).map { logits.row($0).map(Double.init) }, labels: labels)
    }
}
