import LabNumerics

extension FineTuning {
    /// Softmax cross entropy over classes, or sigmoid cross entropy averaged over labels; 1 × 1.
    ///
    /// With weights w and smoothing s a text of class y has Σ_c ((1 − s) w_y [c = y] + s w_c / C) · (−log p_c), and the batch
    /// Σ of these / Σ w_y: PyTorch's `CrossEntropyLoss(weight, label_smoothing)`.
    func loss(_ logits: Variable, _ batch: [Int], on tape: Tape) -> Variable {
        let count = labels.count
        guard case .classes(let classes) = examples.targets else {
            let targets = Matrix(
                rows: batch.count, columns: count, elements: examples.indicators(batch, labels: count))
            return tape.scale(tape.sigmoidCrossEntropy(logits, targets: targets), by: 1 / Float(count))
        }
        let truth = batch.map { classes[$0] }
        guard weights != nil || settings.labelSmoothing > 0 else { return tape.crossEntropy(logits, targets: truth) }
        let (weights, spread) = (weights ?? [Float](repeating: 1, count: count), settings.labelSmoothing)
        var targets = Matrix(rows: batch.count, columns: count)
        for (row, label) in truth.enumerated() {
            for column in 0..<count { targets[row, column] = spread * weights[column] / Float(count) }
            targets[row, label] += (1 - spread) * weights[label]
        }
        let mass = truth.reduce(Float(0)) { $0 + weights[$1] }
        let share = mass > 0 ? 1 / mass : 0
        return tape.crossEntropy(
            logits, probabilities: targets, weights: [Float](repeating: share, count: batch.count), reduction: .sum)
    }

    static func classWeights(_ settings: Settings, _ examples: Examples, _ labels: [String]) throws -> [Float]? {
        if let given = settings.classWeights { return given }
        guard settings.balancesClasses, !examples.hasLabels else { return nil }
        var counts = [Int](repeating: 0, count: labels.count)
        for label in examples.classes { counts[label] += 1 }
        if let missing = counts.firstIndex(of: 0) { throw LanguageError.missingClass(labels[missing]) }
        return counts.map { Float(examples.count) / (Float(labels.count) * Float($0)) }
    }
}
