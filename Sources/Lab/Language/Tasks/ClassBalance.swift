import Foundation

/// How much examples of frequent and of rare classes count in training.
public enum ClassBalance {
    /// The weight of an example of each class, (n / (classes · n of the class))^power, scaled so that their mean over the
    /// examples is 1; 0 for a class without an example.
    ///
    /// - Parameters:
    ///   - labels: the class of each example, in 0 ..< `classes`.
    ///   - power: 0 counts each example once; 1 gives each class the same total weight.
    public static func weights(_ labels: [Int], classes: Int, power: Double) -> [Double] {
        var counts = [Double](repeating: 0, count: classes)
        for label in labels { counts[label] += 1 }
        let total = Double(labels.count)
        let raw = counts.map { $0 > 0 ? pow(total / ($0 * Double(classes)), power) : 0 }
        let mean = zip(raw, counts).reduce(0) { $0 + $1.0 * $1.1 } / total
        return raw.map { $0 / mean }
    }
}
