public import LabNumerics

/// How the standard errors of coefficients are found.
public enum RegressionErrors: String, Sendable, Hashable, Codable, CaseIterable {
    /// One variance of the error for all rows.
    case classical
    /// Valid whatever the rows' variances: White's estimator times n / (n − p).
    case robust
}

/// y = X β + error by least squares, with weights and a ridge penalty if asked for.
///
/// β minimises Σ w (y − x β)² + ridge · ‖β‖²; the penalty takes in every column, an intercept too: centre the columns first if
/// it should not. Classical errors: σ² A⁻¹ XᵀWX A⁻¹ for A = XᵀWX + ridge · I; robust ones (HC1): A⁻¹ Xᵀ W diag(e²) W X A⁻¹ ·
/// n / (n − p), where p is the trace of A⁻¹ XᵀWX.
/// Source: Hoerl and Kennard, Technometrics 12, 1970; White, Econometrica 48, 1980; MacKinnon and White, Journal of
/// Econometrics 29, 1985 (HC1). By the singular value decomposition of √W X.
public struct LinearRegression: Sendable {
    /// One a column of X, with Student's t interval.
    public let coefficients: [Estimate]
    /// Two-sided, against 0, one a column.
    public let pValues: [Double]
    /// y − X β, one a row.
    public let residuals: [Double]
    /// n − p.
    public let degreesOfFreedom: Double
    /// Σ w e² / (n − p).
    public let residualVariance: Double
    /// Of the coefficients.
    public let covariance: DoubleMatrix
    /// Ratio of the singular values of √W X: its logarithm to base 10 is the number of digits that may be lost.
    public let condition: Double

    /// - Parameters:
    ///   - design: X, a row an observation; a column of ones is the intercept.
    ///   - weights: inverse variances up to a factor, positive; all 1 where nil.
    ///   - ridge: not negative.
    /// - Throws: `StatisticsError.lengthsDiffer`, `.tooFew` for no more rows than columns, `.outOfRange`, `.notFinite`;
    ///   `NumericsError.singularMatrix` where columns depend on one another and there is no ridge.
    public init(
        design: DoubleMatrix, response: [Double], weights: [Double]? = nil, ridge: Double = 0,
        errors: RegressionErrors = .classical, level: Double = 0.95
    ) throws {
        let (n, p) = (design.rows, design.columns)
        try Self.check(n, p, response, weights, ridge, level)
        let roots = weights?.map { $0.squareRoot() } ?? [Double](repeating: 1, count: n)
        var scaled = design
        for row in 0..<n {
            for column in 0..<p { scaled[row, column] *= roots[row] }
        }
        let parts = try SingularValues(scaled)
        if ridge == 0, parts.rank < p { throw NumericsError.singularMatrix(what: "the design") }
        let values = parts.values
        // (s² + ridge)⁻¹, the spectrum of A⁻¹ along the right singular vectors.
        let inverse = values.map { 1 / ($0 * $0 + ridge) }
        let targets = zip(response, roots).map { $0 * $1 }
        var turned = [Double](repeating: 0, count: p)
        for (k, value) in values.enumerated() {
            turned[k] = value * inverse[k] * (0..<n).reduce(0) { $0 + parts.left[$1, k] * targets[$1] }
        }
        let beta = (0..<p).map { column in (0..<values.count).reduce(0) { $0 + turned[$1] * parts.right[$1, column] } }
        let residuals = (0..<n).map { row in
            response[row] - (0..<p).reduce(0) { $0 + design[row, $1] * beta[$1] }
        }
        let used = zip(values, inverse).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        let freedom = Double(n) - used
        let scatter = zip(residuals, roots).map { $0 * $1 }
        let variance = compensatedSum(scatter.lazy.map { $0 * $0 }) / freedom
        let covariance = Self.covariance(
            parts, inverse, scatter: errors == .robust ? scatter : nil,
            factor: errors == .robust ? Double(n) / freedom : variance)
        self.covariance = covariance
        self.residuals = residuals
        degreesOfFreedom = freedom
        residualVariance = variance
        condition = parts.condition
        let student = StudentT(degreesOfFreedom: freedom)
        let reach = student.quantile(0.5 + level / 2)
        let deviations = (0..<p).map { covariance[$0, $0].squareRoot() }
        coefficients = zip(beta, deviations).map { value, error in
            Estimate(
                value: value, standardError: error,
                interval: Interval(lower: value - reach * error, upper: value + reach * error, level: level), count: n)
        }
        pValues = zip(beta, deviations).map { student.twoSided($0 / $1) }
    }

    /// V diag(inverse) M diag(inverse) Vᵀ, where M is diag(s²), or diag(s) Uᵀ diag(e²) U diag(s) where there is scatter.
    private static func covariance(
        _ parts: SingularValues, _ inverse: [Double], scatter: [Double]?, factor: Double
    ) -> DoubleMatrix {
        let count = inverse.count
        var inner = DoubleMatrix(rows: count, columns: count)
        for i in 0..<count {
            for j in 0..<count {
                let scale = parts.values[i] * parts.values[j] * inverse[i] * inverse[j] * factor
                guard let scatter else {
                    inner[i, j] = i == j ? scale : 0
                    continue
                }
                inner[i, j] =
                    scale
                    * scatter.indices.reduce(0) {
                        $0 + parts.left[$1, i] * parts.left[$1, j] * scatter[$1] * scatter[$1]
                    }
            }
        }
        return parts.right.transposed * inner * parts.right
    }

    private static func check(
        _ rows: Int, _ columns: Int, _ response: [Double], _ weights: [Double]?, _ ridge: Double, _ level: Double
    ) throws {
        if response.count != rows {
            throw StatisticsError.lengthsDiffer(what: "design and response", first: rows, second: response.count)
        }
        try StatisticsError.check(response, "the response", atLeast: columns + 1)
        if let weights {
            if weights.count != rows {
                throw StatisticsError.lengthsDiffer(what: "design and weights", first: rows, second: weights.count)
            }
            if let weight = weights.first(where: { !($0 > 0 && $0.isFinite) }) {
                throw StatisticsError.outOfRange(name: "weight", value: "\(weight)", allowed: "positive and finite")
            }
        }
        if !(ridge >= 0 && ridge.isFinite) {
            throw StatisticsError.outOfRange(name: "ridge", value: "\(ridge)", allowed: "finite and not negative")
        }
        try StatisticsError.check(level: level)
    }
}
