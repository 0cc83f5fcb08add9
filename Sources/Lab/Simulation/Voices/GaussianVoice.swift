import Foundation
import LabNumerics

/// EmoSeq's own voice: the emotion's one-hot with Gaussian noise. The reading is Bayes' posterior under the population's
/// initial shares, so it is calibrated at an episode's start.
public struct GaussianVoice: CustomerVoice {
    private let deviation: Float
    /// 1/σ²
    private let precision: Float
    private let logPrior: SIMD3<Float>

    /// The voice of a population: its emotion noise and shares.
    public init(_ parameters: EmoSeqParameters) {
        deviation = Float(parameters.emotionNoise)
        precision = Float(1 / (parameters.emotionNoise * parameters.emotionNoise))
        let shares = parameters.emotionShares
        logPrior = SIMD3(Float(log(shares[0])), Float(log(shares[1])), Float(log(shares[2])))
    }

    public func speak(emotion: Int, words: SIMD4<UInt32>) -> Utterance {
        let normals = RandomField.normals(words)
        var features = SIMD3(normals[0], normals[1], normals[2]) * deviation
        features[emotion] += 1
        // The log likelihood of emotion k is x_k/σ² and a term that all share.
        let scores = logPrior + features * precision
        let top = max(scores[0], scores[1], scores[2])
        var reading = SIMD3(exp(scores[0] - top), exp(scores[1] - top), exp(scores[2] - top))
        reading *= 1 / (reading[0] + reading[1] + reading[2])
        return Utterance(features: features, reading: reading)
    }
}
