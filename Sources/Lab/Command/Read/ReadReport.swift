import LabDomain
import LabLanguage

/// What was read, for people and programs.
struct ReadReport: Encodable {
    /// The runs whose readers read.
    let runs: [String]
    let posts: [ReadPost]

    var table: TextTable {
        let tasks = posts.first?.readings.map(\.task) ?? []
        return TextTable(
            ["post", "language"] + tasks,
            rows: posts.map { post in
                [TextTable.clipped(post.said.textWithMedia, to: 60), post.language.code ?? "unknown"]
                    + post.readings.map { reading in
                        let doubts = reading.doubts.map(\.rawValue).joined(separator: ", ")
                        let confidence = FigureText.number(reading.confidence)
                        return doubts.isEmpty
                            ? "\(reading.reading) \(confidence)"
                            : "unknown (\(doubts); \(reading.reading) \(confidence))"
                    }
            })
    }
}

/// One post with what was found.
struct ReadPost: Encodable {
    let said: PostText
    let language: IdentifiedLanguage
    let readings: [TextReading]

    init(_ said: PostText, language: IdentifiedLanguage, readings: [TextReading]) {
        self.said = said
        self.language = language
        self.readings = readings
    }

    private enum Key: CodingKey {
        case text, media, language, readings
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(said.text, forKey: .text)
        if !said.mediaDescriptions.isEmpty { try fields.encode(said.mediaDescriptions, forKey: .media) }
        try fields.encode(language, forKey: .language)
        try fields.encode(readings, forKey: .readings)
    }
}
