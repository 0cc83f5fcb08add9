/// What `reader.json` says.
struct ReaderDescription: Codable, Sendable, Equatable {
    static let currentFormat = 1

    /// One part; what its kind does not need is left out.
    struct Part: Codable, Sendable, Equatable {
        var kind: ReadingPartKind
        var share: Double
        /// SHA-256 of the part's file.
        var file: String
        /// SHA-256 of the file that describes the part, where it has one of its own.
        var description: String?
        var preparation: TextPreparation.Kind?
        /// The encoder that it stands on or began with, by name and digest.
        var encoder: String?
        var encoderDigest: String?
        var layers: [Int]?
        var pooling: TextPooling?
        var limit: Int?
    }

    var format = Self.currentFormat
    var task: String
    var classes: [String]
    var parts: [Part]
    var languages: [String]
    var temperature: Double
    var classWeights: [Double]
}
