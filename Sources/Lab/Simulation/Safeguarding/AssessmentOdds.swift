import Foundation
import LabDomain
public import LabNumerics
public import LabSafeguards

/// How likely each assessment is when the customer's hidden emotion is known: how well the safeguard sees.
public struct AssessmentOdds: Sendable, Equatable {
    /// [emotion][assessment], rows sum to 1; emotions in the order of `Sentiment`, assessments of `Assessment`.
    public let probabilities: [[Double]]

    /// Share of decisions with a negative customer that are not assessed as distressed.
    public var missedRate: Double { 1 - probabilities[0][Assessment.distressed.rawValue] }

    /// The odds under EmoSeq's own voice, by quadrature.
    ///
    /// The reading depends on the features only through e^(x/σ²) times the prior; given the neutral and the positive
    /// feature, each assessment is an interval of the negative one, whose probability is a difference of Φ. The two others
    /// are integrated by the trapezoid on ±6 standard deviations with `points` a side; the error is below 2·10⁻⁵ at 401
    /// points, which a test checks by doubling them and by simulation.
    public init(_ parameters: EmoSeqParameters, safeguard: Safeguard, points: Int = 401) {
        let (deviation, thresholds) = (parameters.emotionNoise, safeguard.thresholds)
        let prior = parameters.emotionShares
        let step = 12 / Double(points - 1)
        let places = (0..<points).map { -6 + Double($0) * step }
        let weights = places.map { exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() * step }
        let distress = thresholds.distress / (1 - thresholds.distress)
        let confidence = thresholds.confidence
        let confident = confidence < 1 ? confidence / (1 - confidence) : .infinity
        probabilities = (0..<3).map { emotion in
            // Logarithms of prior · e^(x/σ²).
            func logWeight(_ of: Int, _ place: Double) -> Double {
                log(prior[of]) + ((of == emotion ? 1 : 0) + deviation * place) / (deviation * deviation)
            }
            let neutral = places.map { logWeight(1, $0) }
            let positive = places.map { logWeight(2, $0) }
            // The probability that the logarithm of the negative weight lies below `bound`.
            func below(_ bound: Double) -> Double {
                let x = (bound - log(prior[0])) * deviation * deviation - (emotion == 0 ? 1 : 0)
                return 0.5 * erfc(-x / deviation / 2.0.squareRoot())
            }
            var sums = [0.0, 0.0, 0.0]
            for left in 0..<points {
                for right in 0..<points {
                    let top = max(neutral[left], positive[right])
                    let others = exp(neutral[left] - top) + exp(positive[right] - top)
                    let calm = below(log(distress * others) + top)
                    // Unknown: neither the larger of the others (1, in units of e^top) nor the negative is likely enough.
                    let high = min(confident, distress) * others
                    let low = max(0, 1 / confidence - others)
                    let unknown = high > low ? below(log(high) + top) - below(log(low) + top) : 0
                    let share = weights[left] * weights[right]
                    sums[Assessment.distressed.rawValue] += share * (1 - calm)
                    sums[Assessment.unknown.rawValue] += share * unknown
                    sums[Assessment.clear.rawValue] += share * (calm - unknown)
                }
            }
            let total = sums[0] + sums[1] + sums[2]
            return sums.map { $0 / total }
        }
    }

    /// The odds under any voice, by letting it speak `draws` times in each emotion: the standard error of each probability
    /// is at most 0.5/√draws.
    public init(_ voice: any CustomerVoice, safeguard: Safeguard, draws: Int = 100_000, stream: RandomStream) {
        var stream = stream
        probabilities = (0..<3).map { emotion in
            var counts = [0, 0, 0]
            for _ in 0..<draws {
                let words = SIMD4(
                    stream.nextUInt32(), stream.nextUInt32(), stream.nextUInt32(), stream.nextUInt32())
                let reading = voice.speak(emotion: emotion, words: words).reading
                let assessment = safeguard.assess(
                    negative: Double(reading[0]), neutral: Double(reading[1]), positive: Double(reading[2]))
                counts[assessment.rawValue] += 1
            }
            return counts.map { Double($0) / Double(draws) }
        }
    }
}
