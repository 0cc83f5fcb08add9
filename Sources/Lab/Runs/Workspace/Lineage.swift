import Foundation

/// Where a run comes from and what came of it: all ancestors and descendants of one run in a workspace.
public struct Lineage: Sendable, Equatable {
    public struct Node: Sendable, Equatable {
        /// ULID.
        public let id: String
        public let experiment: String
        /// Experiment and number; `nil` where the run is not in this workspace, or not any more.
        public let reference: String?
        /// A `RunState`, or `damaged`; `nil` where the run is not here.
        public let state: String?
        /// Ids by role.
        public let parents: [String: String]
        /// Digests by name.
        public let datasets: [String: String]
    }

    /// The id of the run that was asked for.
    public let root: String
    public let nodes: [String: Node]
    /// The ids of the runs that read a run, by its id; only of `root` and its descendants. In the order of their folders.
    public let children: [String: [String]]

    /// Follows parents by id upwards, and whatever names a run as parent downwards.
    ///
    /// Errors: `RunsError.damaged` where the record of the run itself cannot be read.
    public init(of folder: URL, in workspace: Workspace) throws {
        guard let entry = RunEntry(folder: folder), let record = entry.record else {
            throw RunsError.damaged(
                run: SealFile.reference(folder), file: RunFiles.record, problem: "cannot be read")
        }
        try workspace.index.refresh()
        let all = try workspace.index.select(RunQuery(columns: ["id", "parents"]))
        var rows: [String: Int] = [:]
        var readers: [String: [String]] = [:]
        for row in 0..<all.count {
            guard let id = all[row, "id"].text, rows[id] == nil else { continue }
            rows[id] = row
            for parent in Set(RunFacts.elements(all[row, "parents"].text ?? "")) {
                readers[parent, default: []].append(id)
            }
        }
        var nodes: [String: Node] = [:]
        func visit(_ id: String, _ experiment: String) -> Node {
            if let known = nodes[id] { return known }
            let row = rows[id]
            let folder = row.map { workspace.folder(all.experiment($0), all.number($0)) }
            let record = folder.flatMap { RunEntry(folder: $0)?.record }
            let node = Node(
                id: id, experiment: experiment, reference: row.map { all.reference($0) },
                state: row.flatMap { all[$0, "state"].text }, parents: record?.parents.mapValues(\.id) ?? [:],
                datasets: record?.datasets ?? [:])
            nodes[id] = node
            for (_, parent) in (record?.parents ?? [:]).sorted(by: { $0.key < $1.key }) {
                _ = visit(parent.id, parent.experiment)
            }
            return node
        }
        _ = visit(record.id, record.experiment)
        var children: [String: [String]] = [:]
        var queue = [record.id]
        while let id = queue.popLast() {
            guard children[id] == nil else { continue }
            children[id] = readers[id] ?? []
            for child in readers[id] ?? [] {
                if nodes[child] == nil, let row = rows[child] { _ = visit(child, all.experiment(row)) }
                queue.append(child)
            }
        }
        root = record.id
        self.nodes = nodes
        self.children = children.filter { !$0.value.isEmpty }
    }
}
