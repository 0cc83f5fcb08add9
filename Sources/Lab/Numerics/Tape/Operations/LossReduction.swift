/// How the losses of a batch's rows become one number.
public enum LossReduction: String, Sendable, Codable {
    /// Σ weight · loss / number of rows (importance weights of a replay buffer).
    case mean
    /// Σ weight · loss / Σ weight (sampling or class weights).
    case weightedMean
    /// Σ weight · loss.
    case sum
}

extension Tape {
    /// The factor of each row in a reduction, in the tape's memory; `weights` are 1 where absent.
    func factors(_ reduction: LossReduction, weights: [Float]?, rows: Int) -> UnsafeMutablePointer<Float> {
        precondition(weights == nil || weights?.count == rows, "a loss needs one weight a row")
        let factors = weights.map { copied($0) } ?? scratch(rows)
        if weights == nil { factors.update(repeating: 1, count: rows) }
        var divisor: Float = 1
        switch reduction {
        case .mean: divisor = Float(max(rows, 1))
        case .weightedMean:
            divisor = 0
            for row in 0..<rows { divisor += factors[row] }
        case .sum: break
        }
        for row in 0..<rows { factors[row] = divisor == 0 ? 0 : factors[row] / divisor }
        return factors
    }
}
