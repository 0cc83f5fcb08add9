import LabDomain

/// Customers who speak real posts: one drawn from those whose human label is the hidden emotion. The model's calibrated
/// probabilities, right or wrong, are what is seen of it.
public struct RecordedVoice: CustomerVoice {
    private let posts: [[Int32]]
    private let readings: [SIMD3<Float>]

    /// - Parameters:
    ///   - labels: human labels of the posts, 0 negative, 1 neutral, 2 positive; shape [posts].
    ///   - probabilities: the model's calibrated probabilities, row-major [posts, 3].
    ///   - indexes: what `Utterance.post` says of each post; by default its place in `labels`.
    ///
    /// Throws `SimulationError.silentVoice` where a label has no post, `inconsistentLog` where the shapes differ.
    public init(labels: [Int32], probabilities: [Float], indexes: [Int32]? = nil) throws {
        guard probabilities.count == 3 * labels.count, indexes.map({ $0.count == labels.count }) ?? true else {
            throw SimulationError.inconsistentLog(
                "\(labels.count) labels, \(probabilities.count) probabilities, \(indexes?.count ?? labels.count) indexes"
            )
        }
        var posts = [[Int32]](repeating: [], count: 3)
        var readings: [SIMD3<Float>] = []
        var numbers: [Int32] = []
        for (place, label) in labels.enumerated() {
            guard (0..<3).contains(label) else {
                throw SimulationError.inconsistentLog("label \(label) of post \(place) is none of 0, 1, 2")
            }
            posts[Int(label)].append(Int32(place))
            readings.append(
                SIMD3(probabilities[3 * place], probabilities[3 * place + 1], probabilities[3 * place + 2]))
            numbers.append(indexes?[place] ?? Int32(place))
        }
        for sentiment in Sentiment.allCases where posts[sentiment.rawValue].isEmpty {
            throw SimulationError.silentVoice(emotion: sentiment.name)
        }
        self.posts = posts
        self.readings = readings
        self.indexes = numbers
    }

    private let indexes: [Int32]

    public func speak(emotion: Int, words: SIMD4<UInt32>) -> Utterance {
        let candidates = posts[emotion]
        // 64 bits times the count, of which the upper word counts: the bias is below 2⁻⁴⁰ for 2²⁴ posts.
        let draw = UInt64(words[0]) &<< 32 | UInt64(words[1])
        let place = Int(candidates[Int(draw.multipliedFullWidth(by: UInt64(candidates.count)).high)])
        return Utterance(features: readings[place], reading: readings[place], post: indexes[place])
    }
}
