public import LabNumerics

/// How a linear softmax over vectors is fitted.
///
/// Minimised is the mean cross-entropy plus `l2` / 2 times the sum of squared weights of the standardised inputs (the bias
/// is free), which is convex: the result does not depend on a seed. Found by L-BFGS.
public struct DenseTraining: Hashable, Codable, Sendable {
    public var l2 = 1e-3
    /// 0 counts each example once; 1 gives each class the same total weight; between, the power of that weight.
    public var balance = 0.0
    /// Whether each column is brought to mean 0 and standard deviation 1 first.
    public var standardises = true
    public var maximumSteps = 200
    /// Stops when the largest absolute component of the gradient is below this.
    public var tolerance = 1e-5

    public init() {}

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - features: [examples, width], finite.
    ///   - labels: class of each example, in 0 ..< `classes`.
    ///   - progress: called after each step with its number and the objective; it may throw to stop.
    /// - Throws: `LanguageError.noExamples`, `.notFinite`, or what `progress` throws.
    public func fit(
        _ features: Matrix, labels: [Int], classes: Int,
        progress: (_ step: Int, _ objective: Double) throws -> Void = { _, _ in }
    ) throws -> DenseSoftmax {
        try path(features, labels: labels, classes: classes, l2s: [l2], progress: progress)[0]
    }

    /// Fits one model for each penalty in `l2s`, in its order, `l2` aside; each begins where the next larger penalty ended.
    ///
    /// - Throws: as `fit`.
    public func path(
        _ features: Matrix, labels: [Int], classes: Int, l2s: [Double],
        progress: (_ step: Int, _ objective: Double) throws -> Void = { _, _ in }
    ) throws -> [DenseSoftmax] {
        guard features.rows > 0, features.rows == labels.count, labels.allSatisfy((0..<classes).contains) else {
            throw LanguageError.noExamples(what: "with a class each to fit vectors to")
        }
        let scaling = ColumnScaling(features, standardises: standardises)
        guard scaling.isFinite else { throw LanguageError.notFinite(what: "a number of the vectors") }
        let problem = DenseProblem(
            scaling.apply(to: features), labels: labels, classes: classes,
            classWeights: ClassBalance.weights(labels, classes: classes, power: balance))
        var point = [Double](repeating: 0, count: problem.parameterCount)
        var models = [DenseSoftmax?](repeating: nil, count: l2s.count)
        for place in l2s.indices.sorted(by: { l2s[$0] > l2s[$1] }) {
            point = try LimitedMemoryBFGS(maximumSteps: maximumSteps, tolerance: tolerance)
                .minimise(from: point, progress: progress) { problem.objective($0, l2: l2s[place], gradient: &$1) }
            guard point.allSatisfy(\.isFinite) else { throw LanguageError.notFinite(what: "a weight of the model") }
            models[place] = scaling.model(point, classes: classes)
        }
        return models.compactMap(\.self)
    }
}
