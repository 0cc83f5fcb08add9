/// How a linear model is fitted.
///
/// Minimised is the mean cross-entropy plus `l2` / 2 times the sum of squared weights (the bias is free), which is
/// convex: the result does not depend on a seed. L-BFGS (Nocedal and Wright, *Numerical Optimization*, algorithm 7.5)
/// over the columns that occur.
public struct LinearTraining: Hashable, Codable, Sendable {
    public var l2 = 1e-4
    /// Columns that occur in fewer examples get no weight.
    public var minimumExamples = 1
    /// 0 counts each example once; 1 gives each class the same total weight; between, the power of that weight.
    public var balance = 0.0
    public var maximumSteps = 200
    /// Stops when the largest absolute component of the gradient is below this.
    public var tolerance = 1e-5

    public init() {}

    /// Fits a model.
    ///
    /// - Parameters:
    ///   - features: one vector an example.
    ///   - labels: class of each example, in 0..<classes.
    ///   - width: columns of the feature space.
    ///   - progress: called after each step with its number and the objective; it may throw to stop.
    /// - Throws: `LanguageError.noExamples`, `.notFinite`, or what `progress` throws.
    public func fit(
        _ features: [SparseVector], labels: [Int], classes: Int, width: Int,
        progress: (_ step: Int, _ objective: Double) throws -> Void = { _, _ in }
    ) throws -> LinearSoftmax {
        guard !features.isEmpty, features.count == labels.count else {
            throw LanguageError.noExamples(what: "to fit a linear model to")
        }
        let problem = LinearProblem(
            features, labels: labels, classes: classes, width: width, training: self)
        let solution = try LimitedMemoryBFGS(maximumSteps: maximumSteps, tolerance: tolerance)
            .minimise(from: Array(repeating: 0, count: problem.parameterCount), progress: progress) {
                problem.objective($0, gradient: &$1)
            }
        guard solution.allSatisfy(\.isFinite) else { throw LanguageError.notFinite(what: "a weight of the model") }
        return problem.model(solution, width: width)
    }
}
