public import LabNumerics
import LabStatistics

extension FineTuning {
    /// What tells how good predictions are; larger is better.
    public enum Metric: String, Sendable, Codable, CaseIterable {
        /// The mean of the classes' F1; of labels, each at the probability ½.
        case macroF1
        /// The mean of the classes' recall.
        case macroRecall
        case accuracy
        /// The mean logarithm of the true class's probability, or of all labels' as they are.
        case likelihood

        /// The measure of `logits` [examples, labels].
        public func value(_ logits: Matrix, _ targets: Examples.Targets) throws -> Double {
            switch (self, targets) {
            case (.likelihood, _): return Self.likelihood(logits, targets)
            case (_, .classes(let truth)):
                let report = try ClassificationReport(
                    truth: truth, predicted: logits.argmaxOfRows, classes: (0..<logits.columns).map(String.init))
                return switch self {
                case .macroF1: report.macroF1
                case .macroRecall: report.balancedAccuracy
                case .accuracy, .likelihood: report.accuracy
                }
            case (_, .labels(let truth)): return ofLabels(logits, truth)
            }
        }

        private func ofLabels(_ logits: Matrix, _ truth: [[Int]]) -> Double {
            var sum = 0.0
            for label in 0..<logits.columns {
                var (hits, members, predictions, right) = (0, 0, 0, 0)
                for row in 0..<logits.rows {
                    let (isMember, isPredicted) = (truth[row].contains(label), logits[row, label] > 0)
                    hits += isMember && isPredicted ? 1 : 0
                    members += isMember ? 1 : 0
                    predictions += isPredicted ? 1 : 0
                    right += isMember == isPredicted ? 1 : 0
                }
                switch self {
                case .macroRecall: sum += members == 0 ? 0 : Double(hits) / Double(members)
                case .accuracy: sum += Double(right) / Double(max(logits.rows, 1))
                case .macroF1, .likelihood:
                    sum += members + predictions == 0 ? 0 : 2 * Double(hits) / Double(members + predictions)
                }
            }
            return sum / Double(max(logits.columns, 1))
        }

        private static func likelihood(_ logits: Matrix, _ targets: Examples.Targets) -> Double {
            let tape = Tape()
            let given = tape.constant(logits)
            switch targets {
            case .classes(let classes): return -Double(tape.scalar(tape.crossEntropy(given, targets: classes)))
            case .labels:
                let indicators = Examples(
                    ids: [[Int32]](repeating: [], count: logits.rows), targets: targets
                ).indicators(Array(0..<logits.rows), labels: logits.columns)
                let loss = tape.sigmoidCrossEntropy(
                    given, targets: Matrix(rows: logits.rows, columns: logits.columns, elements: indicators))
                return -Double(tape.scalar(loss))
            }
        }
    }
}
