import ArgumentParser
import Foundation
import LabRuns

struct RunsReindexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reindex", abstract: "Make the index of the runs again from their folders.",
        discussion: """
            The index in .lab/index.sqlite only makes queries quick; it follows what happens in runs/ by itself. Make it
            again where files inside sealed runs were changed by hand or the folder lies on another machine's clock.

              labctl runs reindex
            """)

    struct Report: Encodable {
        let runs: Int
        let damaged: [String]
        let index: String
    }

    @OptionGroup var common: CommonOptions

    func run() throws {
        let index = common.place.index
        let count = try index.rebuild { common.note($0) }
        let damaged = try index.select(RunQuery([.states([RunField.damaged])], columns: ["problem"]))
        for row in 0..<damaged.count {
            common.say("\(damaged.reference(row)) is damaged: \(damaged[row, "problem"].text ?? "")")
        }
        if let count {
            common.say("\(count) runs, \(damaged.count) damaged")
        } else {
            common.say("nothing can be written here; queries read the runs' folders")
        }
        try common.emit(
            Report(
                runs: count ?? 0, damaged: (0..<damaged.count).map { damaged.reference($0) }, index: index.file.path))
    }
}
