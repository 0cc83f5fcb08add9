/// factor · Σ over elements of a function of prediction − target.
struct RowError: Operation {
    enum Kind: CaseIterable { case huber, squared }

    let kind: Kind
    let prediction: Variable
    let target: UnsafeMutablePointer<Float>
    let factors: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int
    /// Where Huber's loss becomes a line.
    let delta: Float

    func forward(_ output: Output, on tape: Tape) {
        let x = tape.pointer(prediction)
        var sum = 0.0
        for row in 0..<rows {
            for index in row * columns..<(row + 1) * columns {
                sum += Double(factors[row]) * Double(value(x[index] - target[index]))
            }
        }
        output.value[0] = Float(sum)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (x, out) = (tape.pointer(prediction), tape.gradientPointer(prediction))
        for row in 0..<rows {
            let factor = output.gradient[0] * factors[row]
            for index in row * columns..<(row + 1) * columns {
                out[index] += factor * slope(x[index] - target[index])
            }
        }
    }

    @inline(__always)
    private func value(_ error: Float) -> Float {
        switch kind {
        case .squared: return error * error
        case .huber:
            let size = error.magnitude
            return size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta)
        }
    }

    @inline(__always)
    private func slope(_ error: Float) -> Float {
        switch kind {
        case .squared: 2 * error
        case .huber: error > delta ? delta : (error < -delta ? -delta : error)
        }
    }
}

extension Tape {
    /// Huber's loss: ½ e² for |e| ≤ delta, delta · (|e| − ½ delta) beyond; summed over columns, reduced over rows.
    ///
    /// - Parameter target: [rows, columns] like the prediction; no gradient flows to it.
    /// - Returns: 1 × 1. Source: Huber, "Robust Estimation of a Location Parameter", 1964.
    public func huber(
        _ prediction: Variable, target: Matrix, delta: Float = 1, weights: [Float]? = nil,
        reduction: LossReduction = .mean
    ) -> Variable {
        error(.huber, prediction, target, delta, weights, reduction)
    }

    /// Squared error (without the half), summed over columns and reduced over rows; 1 × 1.
    public func squaredError(
        _ prediction: Variable, target: Matrix, weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        error(.squared, prediction, target, 0, weights, reduction)
    }

    /// The mean of squared errors over all elements; 1 × 1.
    public func mse(_ prediction: Variable, target: Matrix, weights: [Float]? = nil) -> Variable {
        scale(
            squaredError(prediction, target: target, weights: weights),
            by: 1 / Float(max(1, shape(of: prediction).columns)))
    }

    private func error(
        _ kind: RowError.Kind, _ prediction: Variable, _ target: Matrix, _ delta: Float, _ weights: [Float]?,
        _ reduction: LossReduction
    ) -> Variable {
        let (rows, columns) = shape(of: prediction)
        precondition(target.rows == rows && target.columns == columns, "targets and predictions differ in shape")
        return record(
            RowError(
                kind: kind, prediction: prediction, target: copied(target.elements),
                factors: factors(reduction, weights: weights, rows: rows), rows: rows, columns: columns, delta: delta),
            rows: 1, columns: 1, needsGradient: needsGradient(prediction))
    }
}
