/// Σ factor · (−Σ p log softmax(logits)) over rows, with `p` one class a row or a distribution.
struct CrossEntropy: Operation {
    let logits: Variable
    let rows: Int
    let columns: Int
    let factors: UnsafeMutablePointer<Float>
    /// The class of each row, or
    let targets: UnsafeMutablePointer<Int32>?
    /// the distribution of each row, row-major like the logits.
    let probabilities: UnsafeMutablePointer<Float>?
    /// The loss's slopes factor · (mass · softmax − p), so that the way back is one multiplication.
    let slopes: UnsafeMutablePointer<Float>

    func forward(_ output: Output, on tape: Tape) {
        let x = tape.pointer(logits)
        var loss = 0.0
        for row in 0..<rows {
            let line = slopes + row * columns
            Softmax.logRow(x + row * columns, line, columns)
            loss += Double(factors[row]) * Double(targets == nil ? finish(row, line) : finishClass(row, line))
        }
        output.value[0] = Float(loss)
    }

    /// Turns logarithms of probabilities into slopes; returns the row's loss.
    private func finishClass(_ row: Int, _ line: UnsafeMutablePointer<Float>) -> Float {
        guard let targets else { return 0 }
        let (target, factor) = (Int(targets[row]), factors[row])
        let loss = -line[target]
        @inline(__always)
        func slope(_ logarithm: Lanes) -> Lanes { FloatMath.decay(logarithm) * factor }
        Kernels.map(line, line, columns, slope)
        line[target] -= factor
        return loss
    }

    private func finish(_ row: Int, _ line: UnsafeMutablePointer<Float>) -> Float {
        guard let p = probabilities.map({ $0 + row * columns }) else { return 0 }
        var (loss, mass): (Float, Float) = (0, 0)
        // An improbable class may have the logarithm −∞; where its target is 0 it does not count.
        for column in 0..<columns where p[column] != 0 {
            loss -= p[column] * line[column]
            mass += p[column]
        }
        let factor = factors[row]
        @inline(__always)
        func slope(_ logarithm: Lanes, _ p: Lanes) -> Lanes { factor * (mass * FloatMath.decay(logarithm) - p) }
        Kernels.map(line, p, line, columns, slope)
        return loss
    }

    func backward(_ output: Output, on tape: Tape) {
        tape.passOn(slopes, scaledBy: output.gradient[0], to: logits)
    }
}

extension Tape {
    /// Cross entropy −log softmax(logits)[target] over the rows of `logits` [rows, classes]; 1 × 1, in nats.
    public func crossEntropy(
        _ logits: Variable, targets: [Int], weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        let (rows, columns) = shape(of: logits)
        precondition(targets.count == rows, "targets and logits differ in their number of rows")
        let classes = integers(targets, below: columns, "a target is out of range")
        return crossEntropy(logits, classes, nil, factors(reduction, weights: weights, rows: rows))
    }

    /// Cross entropy −Σ p log softmax(logits) against target probabilities [rows, classes]; 1 × 1, in nats.
    public func crossEntropy(
        _ logits: Variable, probabilities: Matrix, weights: [Float]? = nil, reduction: LossReduction = .mean
    ) -> Variable {
        let (rows, columns) = shape(of: logits)
        precondition(
            probabilities.rows == rows && probabilities.columns == columns, "targets and logits differ in shape")
        return crossEntropy(
            logits, nil, copied(probabilities.elements), factors(reduction, weights: weights, rows: rows))
    }

    private func crossEntropy(
        _ logits: Variable, _ targets: UnsafeMutablePointer<Int32>?, _ probabilities: UnsafeMutablePointer<Float>?,
        _ factors: UnsafeMutablePointer<Float>
    ) -> Variable {
        let (rows, columns) = shape(of: logits)
        return record(
            CrossEntropy(
                logits: logits, rows: rows, columns: columns, factors: factors, targets: targets,
                probabilities: probabilities, slopes: scratch(rows * columns)),
            rows: 1, columns: 1, needsGradient: needsGradient(logits))
    }
}
