public import LabDomain
import LabNumerics

/// What one reader says of one text, and why it may mean little.
public struct TextReading: Sendable, Codable, Hashable {
    /// Why a reading is not to be relied on: it then counts as unknown.
    public enum Doubt: String, Sendable, Codable, CaseIterable {
        /// There is nothing but space and what cannot be seen.
        case empty
        /// There are no letters: emoji, digits and signs alone.
        case noWords = "no words"
        /// Nobody can tell which language it is in.
        case unknownLanguage = "unknown language"
        /// It is in a language that the reader was not trained on.
        case otherLanguage = "other language"
        /// No class has half of the probability.
        case lowConfidence = "low confidence"
    }

    /// Such as `emotion`.
    public let task: String
    /// The class that the reader chose, doubts aside.
    public let reading: String
    /// Its calibrated probability.
    public let confidence: Double
    /// Calibrated, by class.
    public let probabilities: [String: Double]
    public let doubts: [Doubt]

    /// The class, or `unknown` where there is a doubt.
    public var answer: String { doubts.isEmpty ? reading : "unknown" }
}

extension TextReader {
    /// Below this probability of its class a reading counts as unknown.
    public static let leastConfidence = 0.5

    /// Reads texts.
    ///
    /// - Parameter languages: what was found of each text; `nil` asks no question about languages.
    public func read(_ texts: [String], languages found: [IdentifiedLanguage]? = nil) throws -> [TextReading] {
        try read(texts.map { PostText($0) }, languages: found)
    }

    /// Reads posts, each as one text with what is said about its images and films.
    public func read(_ posts: [PostText], languages found: [IdentifiedLanguage]? = nil) throws -> [TextReading] {
        let probabilities = try self.probabilities(posts.map(\.textWithMedia))
        let chosen = decide(probabilities)
        return posts.indices.map { place in
            let confidence = Double(probabilities[place, chosen[place]])
            var doubts = Self.doubts(posts[place])
            if doubts.isEmpty, let found, !languages.isEmpty {
                switch found[place].code {
                case nil: doubts.append(.unknownLanguage)
                case let code?: if !languages.contains(code) { doubts.append(.otherLanguage) }
                }
            }
            if confidence < Self.leastConfidence { doubts.append(.lowConfidence) }
            return TextReading(
                task: task, reading: classes[chosen[place]], confidence: confidence,
                probabilities: Dictionary(
                    zip(classes, classes.indices.map { Double(probabilities[place, $0]) }),
                    uniquingKeysWith: { first, _ in first }), doubts: doubts)
        }
    }

    /// The mark before a description is no word of the post.
    private static func doubts(_ post: PostText) -> [TextReading.Doubt] {
        let parts = ([post.text] + post.mediaDescriptions).map(\.unicodeScalars)
        if parts.contains(where: { $0.contains(where: \.properties.isAlphabetic) }) { return [] }
        let isSeen = parts.contains {
            $0.contains {
                !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
                    && $0.properties.generalCategory != .control
            }
        }
        return [isSeen ? .noWords : .empty]
    }
}
