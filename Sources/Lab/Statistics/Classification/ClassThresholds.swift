public import LabNumerics
import RealModule

/// Cut-offs that turn probabilities into classes, chosen on held-out observations.
public enum ClassThresholds {
    /// For each class the cut-off at which its F1 is largest: a class is given where its probability is the cut-off or more.
    ///
    /// All cut-offs between two neighbouring probabilities give the same answers; the middle is taken. A class without a true
    /// member gets a cut-off above 1: never.
    ///
    /// - Parameters:
    ///   - probabilities: [observations, classes].
    ///   - labels: the classes of each observation.
    /// - Throws: `StatisticsError.lengthsDiffer`.
    public static func independent(probabilities: Matrix, labels: [[Int]]) throws -> [Double] {
        guard probabilities.rows == labels.count else {
            throw StatisticsError.lengthsDiffer(
                what: "probabilities and labels", first: probabilities.rows, second: labels.count)
        }
        return (0..<probabilities.columns).map { column in
            let members = labels.map { $0.contains(column) }
            let order = labels.indices.sorted {
                (probabilities[$0, column], $1) > (probabilities[$1, column], $0)
            }
            let total = members.reduce(0) { $0 + ($1 ? 1 : 0) }
            var best = (f1: 0.0, threshold: 1.0.nextUp)
            var hits = 0
            for (rank, row) in order.enumerated() {
                hits += members[row] ? 1 : 0
                let value = Double(probabilities[row, column])
                let next = rank + 1 < order.count ? Double(probabilities[order[rank + 1], column]) : 0
                if next == value, rank + 1 < order.count { continue }
                let f1 = 2 * Double(hits) / Double(total + rank + 1)
                if f1 > best.f1 { best = (f1, (value + next) / 2) }
            }
            return best.threshold
        }
    }

    /// For classes that exclude each other: a weight a class, such that the class with the largest weight · probability gives
    /// the largest `measure`, by coordinate ascent from equal weights.
    ///
    /// In turn each class's weight is tried on a grid of 41 steps between 1/8 and 8, until a round changes nothing; equal
    /// figures keep the weight nearest to 1. Weights fit the sample: with few observations judge them on others.
    ///
    /// - Throws: `StatisticsError.lengthsDiffer`, `.outOfRange` for a label that is no class.
    public static func exclusive(
        probabilities: Matrix, labels: [Int], measure: ClassificationMeasure = .macroF1, rounds: Int = 10
    ) throws -> [Double] {
        let classes = probabilities.columns
        _ = try ClassificationMeasure.cells(
            truth: labels, predicted: probabilities.argmaxOfRows, classCount: classes)
        let ranked = (-20...20).sorted { abs($0) < abs($1) }.map { Double.exp2(3 * Double($0) / 20) }
        var weights = [Double](repeating: 1, count: classes)
        func figure(_ weights: [Double]) -> Double {
            var counts = [Int](repeating: 0, count: classes * classes)
            for (row, label) in labels.enumerated() {
                counts[label * classes + choose(probabilities, row, weights)] += 1
            }
            return measure.value(confusion: counts, classCount: classes)
        }
        var best = figure(weights)
        for _ in 0..<max(1, rounds) {
            let before = weights
            for place in 0..<classes {
                for weight in ranked {
                    var trial = weights
                    trial[place] = weight
                    let value = figure(trial)
                    if value > best + 1e-12 { (best, weights) = (value, trial) }
                }
            }
            if weights == before { break }
        }
        return weights
    }

    /// The class with the largest weight · probability in each row; of equals the first.
    public static func decide(probabilities: Matrix, weights: [Double]) -> [Int] {
        (0..<probabilities.rows).map { choose(probabilities, $0, weights) }
    }

    private static func choose(_ probabilities: Matrix, _ row: Int, _ weights: [Double]) -> Int {
        var best = 0
        var largest = -Double.infinity
        for place in weights.indices {
            let value = Double(probabilities[row, place]) * weights[place]
            if value > largest { (best, largest) = (place, value) }
        }
        return best
    }
}
