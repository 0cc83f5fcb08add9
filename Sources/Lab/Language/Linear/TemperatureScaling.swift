import Foundation

/// One number that makes a model as certain as it is right (Guo et al., ICML 2017).
public enum TemperatureScaling {
    /// The temperature in .05…20 with the least mean cross-entropy on held-out examples.
    ///
    /// The cross-entropy is convex in 1 / temperature, so golden-section search over its logarithm finds the minimum; the
    /// accuracy does not change, since dividing all logits keeps their order.
    ///
    /// - Parameters:
    ///   - logits: shape [examples][classes].
    ///   - labels: shape [examples].
    /// - Throws: `LanguageError.noExamples`.
    public static func fit(logits: [[Double]], labels: [Int]) throws -> Double {
        guard !logits.isEmpty, logits.count == labels.count else {
            throw LanguageError.noExamples(what: "to calibrate on")
        }
        func loss(_ logarithm: Double) -> Double {
            crossEntropy(logits: logits, labels: labels, temperature: exp(logarithm))
        }
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (log(0.05), log(20.0))
        var left = high - ratio * (high - low)
        var right = low + ratio * (high - low)
        var (leftLoss, rightLoss) = (loss(left), loss(right))
        while high - low > 1e-6 {
            if leftLoss <= rightLoss {
                (high, right, rightLoss) = (right, left, leftLoss)
                left = high - ratio * (high - low)
                leftLoss = loss(left)
            } else {
                (low, left, leftLoss) = (left, right, rightLoss)
                right = low + ratio * (high - low)
                rightLoss = loss(right)
            }
        }
        return exp((low + high) / 2)
    }

    /// Mean negative log-probability of the labels, in nats.
    public static func crossEntropy(logits: [[Double]], labels: [Int], temperature: Double = 1) -> Double {
        let sum = zip(logits, labels).reduce(0.0) { sum, example in
            sum - log(max(softmax(example.0, temperature: temperature)[example.1], 1e-300))
        }
        return logits.isEmpty ? 0 : sum / Double(logits.count)
    }
}
