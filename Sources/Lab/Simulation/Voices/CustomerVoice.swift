/// How a simulated customer lets a feeling be seen: what they say, and what a language model reads in it.
public protocol CustomerVoice: Sendable {
    /// Speaks once a period.
    ///
    /// - Parameters:
    ///   - emotion: the hidden emotion, 0 negative, 1 neutral, 2 positive.
    ///   - words: four random words of the customer's period; equal words give equal utterances.
    func speak(emotion: Int, words: SIMD4<UInt32>) -> Utterance
}

/// One thing that a customer said.
public struct Utterance: Sendable, Equatable {
    /// What enters the observation in the place of the emotion, in the order of `Sentiment`.
    public var features: SIMD3<Float>
    /// Calibrated probabilities, in the order of `Sentiment`; the safeguards look at these.
    public var reading: SIMD3<Float>
    /// Which post was spoken; −1 for none.
    public var post: Int32

    public init(features: SIMD3<Float>, reading: SIMD3<Float>, post: Int32 = -1) {
        self.features = features
        self.reading = reading
        self.post = post
    }
}
