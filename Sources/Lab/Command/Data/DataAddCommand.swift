import ArgumentParser
import Foundation
import LabRuns
import LabStorage
import LabWorkbench

struct DataAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add your own CSV, TSV or JSON Lines file as a dataset.",
        discussion: """
            The map is YAML and says which column means what; only text (or action, for logged decisions) is needed:

              name: my-posts
              columns:
                id: tweet_id
                text: body
                author: user
                time: created_at
                label: sentiment
              labels:
                pos: positive
                neg: negative
              licence: our own
              commercial-use: true

            Meanings: id, author, text, time, platform, language, label, rating, split, action, propensity, reward, \
            value. Rows that cannot be used are set aside with a reason. The data stay in this workspace: rows are \
            kept in .lab/data as in your file, in clear; runs keep texts sealed (see labctl privacy).

            Whole journeys of customers (kind: journeys) and rounds of a bandit (kind: bandit) become a log that agents \
            learn from; labctl journeys --help shows their map.

              labctl data add posts.csv --map map.yaml
              labctl data add decisions.csv --map journeys.yaml
              labctl data describe my-posts
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "The column map.", completion: .file(extensions: ["yaml", "yml"]))
    var map: String

    @Flag(help: "Replace a dataset of the same name.")
    var replace = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let root = common.place.root
        let mapURL = URL(filePath: map)
        let data = UserData(workspace: root, catalogue: common.catalogue)
        let profile =
            try JourneyMap.describes(mapURL)
            ? data.add(URL(filePath: file), map: JourneyMap.read(mapURL), replacing: replace)
            : data.add(URL(filePath: file), map: UserMap.read(mapURL), replacing: replace)
        ProfileText.say(profile, common)
        try common.emit(profile)
    }
}
