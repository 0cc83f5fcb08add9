import Foundation
public import LabNumerics

/// EmoSeq's own voice: the emotion's one-hot with Gaussian noise. The reading is Bayes' posterior under the population's
/// initial shares, so it is calibrated at an episode's start.
public struct GaussianVoice: CustomerVoice {
    private let deviation: Float
    private let logPrior: SIMD3<Float>

    /// The voice of a population: its emotion noise and shares.
    public init(_ parameters: EmoSeqParameters) {
        deviation = Float(parameters.emotionNoise)
        let shares = parameters.emotionShares
        logPrior = SIMD3(Float(log(shares[0])), Float(log(shares[1])), Float(log(shares[2])))
    }

    public func speak(emotion: Int, stream: inout RandomStream) -> Utterance {
        var features = SIMD3<Float>()
        for index in 0..<3 { features[index] = deviation * Float(stream.nextNormal()) }
        features[emotion] += 1
        // The log likelihood of emotion k is x_k/σ² and a term that all share.
        let scores = logPrior + features / (deviation * deviation)
        let top = scores.max()
        var reading = SIMD3(exp(scores[0] - top), exp(scores[1] - top), exp(scores[2] - top))
        reading /= reading.sum()
        return Utterance(features: features, reading: reading)
    }
}
