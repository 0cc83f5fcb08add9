import ArgumentParser
import Foundation
import LabLanguage
import LabRuns
import LabWorkbench

/// `labctl read`.
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read posts: language, sentiment, emotion, each with a confidence.",
        discussion: """
            Uses the newest trained readers (language/sentiment, language/emotion), or those that --run names. What is not to be
            relied on is called unknown, with the reason: no words, another language, a low confidence.

              labctl read "This is the best coffee in town :)"
              labctl read --file posts.txt --json
              labctl read "so tired of waiting" --run language/emotion/2
            """)

    /// The experiments whose readers are used where none is named.
    static let tasks = ["language/sentiment", "language/emotion"]

    @Argument(help: "The posts, each in quotes.")
    var posts: [String] = []

    @Option(
        help: ArgumentHelp("A file with one post a line, in UTF-8; '-' is standard input.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("run"), parsing: .singleValue,
        help: "A run with a reader; can be repeated. (default: the newest of each task)", completion: .runs)
    var runs: [String] = []

    @Flag(help: "Take the newest runs of the short form.")
    var smoke = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard posts.isEmpty != (file == nil) else { throw ValidationError("give either posts or --file") }
    }

    func run() async throws {
        let place = common.place
        let found = try runs.isEmpty ? newest(place) : runs.map { try place.run($0) }
        guard !found.isEmpty else {
            throw RunsError.missingInput(role: RunRecord.trainedRole, experiment: Self.tasks[1])
        }
        let texts = try file.map(PostLines.read) ?? posts
        let datasets = LabCommand.datasets(in: place)
        let source = ReaderSource(datasets.dataset)
        let languages = try source.languageIdentifier()
        let identified = texts.map(languages.identify)
        var readings = texts.map { _ in [TextReading]() }
        for run in found {
            let reader = try source.reader(run.artifact(TextReader.artifact))
            for (place, reading) in try reader.read(texts, languages: identified).enumerated() {
                readings[place].append(reading)
            }
        }
        let report = ReadReport(
            runs: found.map(\.reference),
            posts: texts.indices.map { ReadPost(text: texts[$0], language: identified[$0], readings: readings[$0]) })
        common.say(report.table)
        try common.emit(report)
    }

    private func newest(_ place: Workspace) throws -> [SealedRun] {
        try Self.tasks.compactMap { try place.latest(of: $0, smoke: smoke) }
    }
}
