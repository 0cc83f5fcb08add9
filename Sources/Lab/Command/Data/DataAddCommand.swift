import ArgumentParser
import Foundation
import LabRuns
import LabStorage
import LabWorkbench

struct DataAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a file of your own as a dataset: CSV, TSV, JSON Lines, or a journey log.",
        discussion: """
            The map is YAML and says which column means what; only text (or action, for logged decisions) is needed:

              name: my-posts
              columns:
                id: tweet_id
                text: body
                author: user
                time: created_at
                label: sentiment
                media: alt_text
              labels:
                pos: positive
                neg: negative
              licence: our own
              commercial-use: true

            Meanings: id, author, text, time, platform, language, label, rating, split, media, action, propensity, \
            reward, value. Media is what is said about the images and films of a post: one text, a list of texts, or \
            objects with alt, alt_text, description or caption, as Bluesky, X and Mastodon have them; in a table one \
            text, or such a list in JSON. A post may consist of it alone. Rows that cannot be used are set aside with a reason. The data stay in this workspace: rows are \
            kept in .lab/data as in your file, in clear; runs keep texts sealed (see labctl privacy).

            Whole journeys of customers (kind: journeys) and rounds of a bandit (kind: bandit) become a log that agents \
            learn from; labctl journeys --help shows their map. A log of Minari, d3rlpy or with D4RL's flat keys needs no map.

              labctl data add posts.csv --map map.yaml
              labctl data add decisions.csv --map journeys.yaml
              labctl data add replay.h5 --name my-replay
              labctl data describe my-posts
            """)

    @Argument(help: "The file, or a folder of Minari.", completion: .file())
    var file: String

    @Option(
        help: "The column map; needed for all but journey logs in HDF5.",
        completion: .file(extensions: ["yaml", "yml"]))
    var map: String?

    @Option(help: "What a journey log in HDF5 shall be called. Default: the file's name without its ending.")
    var name: String?

    @Flag(help: "Replace a dataset of the same name.")
    var replace = false

    @OptionGroup var assumptions: AssumptionOptions
    @OptionGroup var common: CommonOptions

    private static let textEndings: Set = ["csv", "tsv", "json", "jsonl", "ndjson", "txt"]

    func validate() throws {
        let isText = Self.textEndings.contains(URL(filePath: file).pathExtension.lowercased())
        if map == nil, isText { throw ValidationError("\(file) needs --map, which says what its columns mean") }
        if map != nil, name != nil { throw ValidationError("the map says the name; leave out --name") }
    }

    func run() throws {
        let profile = try add()
        ProfileText.say(profile, common)
        try common.emit(profile)
    }

    private func add() throws -> DatasetProfile {
        let data = UserData(workspace: common.place.root, catalogue: common.catalogue)
        let source = URL(filePath: file)
        guard let map else {
            return try data.add(log: source, name: name, assuming: assumptions.value, replacing: replace)
        }
        let mapURL = URL(filePath: map)
        return try JourneyMap.describes(mapURL)
            ? data.add(source, map: JourneyMap.read(mapURL), replacing: replace)
            : data.add(source, map: UserMap.read(mapURL), replacing: replace)
    }
}
