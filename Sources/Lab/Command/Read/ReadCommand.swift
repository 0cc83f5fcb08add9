import ArgumentParser
import Foundation
import LabDomain
import LabLanguage
import LabRuns
import LabWorkbench

/// `labctl read`.
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read posts: language, sentiment, emotion, each with a confidence.",
        discussion: """
            Uses the newest trained readers (language/sentiment, language/emotion), or those that --run names. What is not to be
            relied on is called unknown, with the reason: no words, another language, a low confidence. What is said about images
            and films of a post (--alt, or media in JSON Lines) is read with its text.

              labctl read "This is the best coffee in town :)"
              labctl read "look at this" --alt "a dog in the snow"
              labctl read --file posts.txt --json
              labctl read --file posts.jsonl
              labctl read "so tired of waiting" --run language/emotion/2
            """)

    /// The experiments whose readers are used where none is named.
    static let tasks = ["language/sentiment", "language/emotion"]

    @Argument(help: "The posts, each in quotes.")
    var posts: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A file with one post a line, in UTF-8; '-' is standard input. Lines of a file .jsonl are objects with text and, \
            where there are, language and media (or alt, alt_text, captions).
            """, valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("alt"), parsing: .singleValue,
        help: ArgumentHelp(
            "What is said about an image or film of the post: its alternative text or caption; can be repeated.",
            valueName: "text"))
    var descriptions: [String] = []

    @Option(
        name: .customLong("run"), parsing: .singleValue,
        help: "A run with a reader; can be repeated. (default: the newest of each task)", completion: .runs)
    var runs: [String] = []

    @Flag(help: "Take the newest runs of the short form.")
    var smoke = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (posts + descriptions).isEmpty != (file == nil) else {
            throw ValidationError("give either posts or --file; descriptions (--alt) go with a post, not with a file")
        }
        guard descriptions.isEmpty || posts.count <= 1 else {
            throw ValidationError("--alt describes the images of one post, and there are \(posts.count)")
        }
    }

    func run() async throws {
        let place = common.place
        let found = try runs.isEmpty ? newest(place) : runs.map { try place.run($0) }
        guard !found.isEmpty else {
            throw RunsError.missingInput(role: RunRecord.trainedRole, experiment: Self.tasks[1])
        }
        let lines = try file.map(PostLines.read) ?? given
        let texts = lines.map(\.said)
        let datasets = LabCommand.datasets(in: place)
        let source = ReaderSource(datasets.dataset)
        let languages = try source.languageIdentifier()
        let identified = lines.map { line in
            line.language.map { IdentifiedLanguage(code: $0, confidence: 1) } ?? languages.identify(line.said)
        }
        var readings = texts.map { _ in [TextReading]() }
        for run in found {
            let reader = try source.reader(run.artifact(TextReader.artifact))
            for (place, reading) in try reader.read(texts, languages: identified).enumerated() {
                readings[place].append(reading)
            }
        }
        let report = ReadReport(
            runs: found.map(\.reference),
            posts: texts.indices.map { ReadPost(texts[$0], language: identified[$0], readings: readings[$0]) })
        common.say(report.table)
        try common.emit(report)
    }

    /// A post may be a picture only.
    private var given: [PostLine] {
        descriptions.isEmpty
            ? posts.map { PostLine(PostText($0)) }
            : [PostLine(PostText(posts.first ?? "", mediaDescriptions: descriptions))]
    }

    private func newest(_ place: Workspace) throws -> [SealedRun] {
        try Self.tasks.compactMap { try place.latest(of: $0, smoke: smoke) }
    }
}
