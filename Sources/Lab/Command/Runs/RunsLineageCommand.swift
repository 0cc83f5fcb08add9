import ArgumentParser
import LabRuns

struct RunsLineageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lineage", abstract: "Show what a run was made from and which runs read it.",
        discussion: """
              labctl runs lineage policy/dqn/1
              labctl runs lineage analytics/report --dot | dot -Tsvg > lineage.svg
              labctl runs lineage policy/dqn/1 --json
            """)

    struct Node: Encodable {
        let id: String
        let run: String?
        let experiment: String
        let state: String?
        let parents: [String: String]
        let datasets: [String: String]
        let readBy: [String]
    }

    struct Report: Encodable {
        let root: String
        let runs: [Node]
    }

    @Argument(help: "Which run.")
    var reference: String

    @Flag(help: "Print a graph for Graphviz.")
    var dot = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !dot || !common.json else { throw ValidationError("--dot and --json exclude each other") }
    }

    func run() throws {
        let lineage = try Lineage(of: common.place.folder(of: reference), in: common.place)
        let text = LineageText(lineage: lineage)
        if dot { return common.say(text.dot) }
        for line in text.lines { common.say(line) }
        let nodes = lineage.nodes.values.sorted { $0.id < $1.id }.map { node in
            Node(
                id: node.id, run: node.reference, experiment: node.experiment, state: node.state,
                parents: node.parents, datasets: node.datasets, readBy: lineage.children[node.id] ?? [])
        }
        try common.emit(Report(root: lineage.root, runs: nodes))
    }
}
