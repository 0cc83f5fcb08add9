/// What a fastText model's file says about how it was trained, as far as a prediction depends on it.
struct FastTextSettings: Sendable {
    enum Loss: Int32, Sendable {
        case hierarchicalSoftmax = 1
        case negativeSampling = 2
        case softmax = 3
        case oneAgainstAll = 4
    }

    let width: Int
    let wordGrams: Int
    let loss: Loss
    let buckets: Int
    /// Lengths of character sequences; 0 for none.
    let shortest: Int
    let longest: Int

    private static let magic: Int32 = 793_712_314
    private static let supervised: Int32 = 3

    init(_ reader: inout WeightReader) throws {
        guard try reader.next(Int32.self) == FastTextSettings.magic else {
            throw reader.damage("it does not begin as a fastText model does")
        }
        let version = try reader.next(Int32.self)
        guard version == 12 else {
            throw LanguageError.unsupportedModel(
                file: reader.file, what: "version \(version) of fastText's format", supported: "version 12")
        }
        width = try reader.size(Int32.self, in: 1...4096, "the width")
        for _ in 0..<4 { _ = try reader.next(Int32.self) }  // window, epochs, least count, negatives
        wordGrams = try reader.size(Int32.self, in: 0...100, "the length of word sequences")
        let loss = try reader.next(Int32.self)
        let model = try reader.next(Int32.self)
        guard model == FastTextSettings.supervised, let known = Loss(rawValue: loss) else {
            throw LanguageError.unsupportedModel(
                file: reader.file, what: "model kind \(model) with loss \(loss)",
                supported: "a classifier trained by `fasttext supervised`")
        }
        self.loss = known
        buckets = try reader.size(Int32.self, in: 0...(1 << 28), "the number of buckets")
        shortest = try reader.size(Int32.self, in: 0...1000, "the shortest sequence")
        longest = try reader.size(Int32.self, in: 0...1000, "the longest sequence")
        _ = try reader.next(Int32.self)  // rate of the learning rate's updates
        _ = try reader.next(Double.self)  // sampling threshold
        if longest > 0 || wordGrams > 1, buckets == 0 { throw reader.damage("its sequences have no buckets") }
    }
}
