import RealModule

/// Σ factor · (−t log σ(x) − (1 − t) log(1 − σ(x))) over rows and columns.
struct SigmoidCrossEntropy: Operation {
    let logits: Variable
    let targets: UnsafeMutablePointer<Float>
    let factors: UnsafeMutablePointer<Float>
    let rows: Int
    let columns: Int

    func forward(_ output: Output, on tape: Tape) {
        let x = tape.pointer(logits)
        var sum = 0.0
        for row in 0..<rows {
            for index in row * columns..<(row + 1) * columns {
                // log(1 + e^x) − t x, written so that no power overflows.
                let loss = max(x[index], 0) - x[index] * targets[index] + Float.log(onePlus: Float.exp(-abs(x[index])))
                sum += Double(factors[row]) * Double(loss)
            }
        }
        output.value[0] = Float(sum)
    }

    func backward(_ output: Output, on tape: Tape) {
        let (x, out) = (tape.pointer(logits), tape.gradientPointer(logits))
        for row in 0..<rows {
            let factor = output.gradient[0] * factors[row]
            for index in row * columns..<(row + 1) * columns {
                out[index] += factor * (1 / (1 + Float.exp(-x[index])) - targets[index])
            }
        }
    }
}

extension Tape {
    /// Binary cross entropy of each column on its own, −t log σ(x) − (1 − t) log(1 − σ(x)), summed over columns and
    /// reduced over rows: for labels of which several may hold. 1 × 1, in nats.
    ///
    /// - Parameter targets: [rows, columns] in [0, 1]; no gradient flows to it.
    public func sigmoidCrossEntropy(
        _ logits: Variable, targets: Matrix, weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        let (rows, columns) = shape(of: logits)
        precondition(targets.rows == rows && targets.columns == columns, "targets and logits differ in shape")
        return record(
            SigmoidCrossEntropy(
                logits: logits, targets: copied(targets.elements),
                factors: factors(reduction, weights: weights, rows: rows), rows: rows, columns: columns),
            rows: 1, columns: 1, needsGradient: needsGradient(logits))
    }
}
