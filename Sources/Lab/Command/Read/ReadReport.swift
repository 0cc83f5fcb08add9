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
                [TextTable.clipped(post.text, to: 60), post.language.code ?? "unknown"]
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
    let text: String
    let language: IdentifiedLanguage
    let readings: [TextReading]
}
