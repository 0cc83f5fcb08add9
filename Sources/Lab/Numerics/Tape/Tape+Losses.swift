/// How the losses of a batch's rows become one number.
public enum LossReduction: String, Sendable, Codable {
    /// Σ weight · loss / number of rows (importance weights of a replay buffer).
    case mean
    /// Σ weight · loss / Σ weight (sampling or class weights).
    case weightedMean
    /// Σ weight · loss.
    case sum

    /// The factor of each row; `weights` are 1 where absent.
    func factors(weights: [Float]?, rows: Int) -> [Float] {
        precondition(weights == nil || weights?.count == rows, "a loss needs one weight a row")
        let weights = weights ?? [Float](repeating: 1, count: rows)
        let divisor: Float =
            switch self {
            case .mean: Float(max(rows, 1))
            case .weightedMean: weights.reduce(0, +)
            case .sum: 1
            }
        return weights.map { divisor == 0 ? 0 : $0 / divisor }
    }
}

extension Tape {
    /// Cross entropy −log softmax(logits)[target] over the rows of `logits` [rows, classes]; 1 × 1, in nats.
    public func crossEntropy(
        _ logits: Variable, targets: [Int], weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        let columns = shape(of: logits).columns
        precondition(targets.allSatisfy { 0 <= $0 && $0 < columns }, "a target is out of range")
        var distribution = Matrix(rows: targets.count, columns: columns)
        for (row, target) in targets.enumerated() { distribution[row, target] = 1 }
        return crossEntropy(logits, probabilities: distribution, weights: weights, reduction: reduction)
    }

    /// Cross entropy −Σ p log softmax(logits) against target probabilities [rows, classes]; 1 × 1, in nats.
    public func crossEntropy(
        _ logits: Variable, probabilities: Matrix, weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        let (rows, columns) = shape(of: logits)
        precondition(
            probabilities.rows == rows && probabilities.columns == columns, "targets and logits differ in shape")
        let factors = reduction.factors(weights: weights, rows: rows)
        let logged = scratch(rows * columns)
        defer { release(logged) }
        var loss = 0.0
        // The loss's slopes, mass · softmax − target, are kept so that the way back is one multiplication.
        var slopes = probabilities.elements
        for row in 0..<rows {
            let start = row * columns
            Softmax.logRow(pointer(logits) + start, logged.pointer + start, columns)
            var rowLoss: Float = 0
            var mass: Float = 0
            for index in start..<start + columns where slopes[index] != 0 {
                rowLoss -= slopes[index] * logged.pointer[index]
                mass += slopes[index]
            }
            loss += Double(factors[row]) * Double(rowLoss)
            for index in start..<start + columns {
                slopes[index] = factors[row] * (mass * FloatMath.exp(logged.pointer[index]) - slopes[index])
            }
        }
        return record(rows: 1, columns: 1, inputs: logits) { out in
            out[0] = Float(loss)
        } pullback: { [slopes] tape, gradient in
            slopes.withUnsafeBufferPointer { slopes in
                guard let start = slopes.baseAddress else { return }
                Kernels.add(start, times: gradient[0], to: tape.gradientPointer(logits), rows * columns)
            }
        }
    }

    /// Huber's loss: ½ e² for |e| ≤ delta, delta · (|e| − ½ delta) beyond; summed over columns, reduced over rows.
    ///
    /// - Parameter target: [rows, columns] like the prediction; no gradient flows to it.
    /// - Returns: 1 × 1. Source: Huber, "Robust Estimation of a Location Parameter", 1964.
    public func huber(
        _ prediction: Variable, target: Matrix, delta: Float = 1, weights: [Float]? = nil,
        reduction: LossReduction = .mean
    ) -> Variable {
        rowLoss(prediction, target, weights, reduction, HuberError(delta: delta))
    }

    /// Squared error (without the half), summed over columns and reduced over rows; 1 × 1.
    public func squaredError(
        _ prediction: Variable, target: Matrix, weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        rowLoss(prediction, target, weights, reduction, Square())
    }

    /// The mean of squared errors over all elements; 1 × 1.
    public func mse(_ prediction: Variable, target: Matrix, weights: [Float]? = nil) -> Variable {
        scale(
            squaredError(prediction, target: target, weights: weights),
            by: 1 / Float(max(1, shape(of: prediction).columns)))
    }

    private func rowLoss(
        _ prediction: Variable, _ target: Matrix, _ weights: [Float]?, _ reduction: LossReduction,
        _ function: some ElementwiseFunction
    ) -> Variable {
        let (rows, columns) = shape(of: prediction)
        precondition(target.rows == rows && target.columns == columns, "targets and predictions differ in shape")
        let factors = reduction.factors(weights: weights, rows: rows)
        return record(rows: 1, columns: 1, inputs: prediction) { out in
            let x = pointer(prediction)
            var sum = 0.0
            for row in 0..<rows {
                for index in row * columns..<(row + 1) * columns {
                    sum += Double(factors[row]) * Double(function.value(x[index] - target.elements[index]))
                }
            }
            out[0] = Float(sum)
        } pullback: { tape, gradient in
            let (x, out) = (tape.pointer(prediction), tape.gradientPointer(prediction))
            for row in 0..<rows {
                let factor = gradient[0] * factors[row]
                for index in row * columns..<(row + 1) * columns {
                    let error = x[index] - target.elements[index]
                    out[index] += factor * function.slope(error, 0)
                }
            }
        }
    }
}

/// ½ e² within ±delta, a line beyond.
private struct HuberError: ElementwiseFunction {
    let delta: Float

    @inline(__always)
    func value(_ error: Float) -> Float {
        let size = error.magnitude
        return size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta)
    }

    @inline(__always)
    func slope(_ error: Float, _: Float) -> Float {
        error > delta ? delta : (error < -delta ? -delta : error)
    }
}
