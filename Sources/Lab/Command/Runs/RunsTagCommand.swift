import ArgumentParser
import Foundation
import LabRuns

struct RunsTagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag", abstract: "Put words beside runs, or take them away; without either, show them.",
        discussion: """
            Tags lie beside a run, outside its seal. A tagged run is never deleted by 'labctl runs gc'.

              labctl runs tag policy/dqn/1 policy/dqn/2 --add best --add paper
              labctl runs tag policy/dqn/1 --remove best
              labctl runs list --tag paper
            """)

    struct Row: Encodable {
        let run: String
        let tags: [String]
    }

    @Argument(help: "The runs.")
    var references: [String]

    @Option(help: ArgumentHelp("A word to add; may be given several times.", valueName: "tag"))
    var add: [String] = []

    @Option(help: ArgumentHelp("A word to take away; may be given several times.", valueName: "tag"))
    var remove: [String] = []

    @OptionGroup var common: CommonOptions

    func run() throws {
        for tag in add { try RunNotes.check(tag: tag) }
        // All runs are found before the first is changed.
        let folders = try references.map { try common.place.folder(of: $0) }
        let rows = try folders.compactMap { folder -> Row? in
            guard let entry = RunEntry(folder: folder) else { return nil }
            let notes = try RunNotes.change(besides: folder) { notes in
                notes.tags = notes.tags.filter { !remove.contains($0) } + add
            }
            return Row(run: entry.reference, tags: notes.tags)
        }
        for row in rows { common.say("\(row.run)  \(row.tags.isEmpty ? "no tags" : row.tags.joined(separator: " "))") }
        try common.emit(["runs": rows])
    }
}
