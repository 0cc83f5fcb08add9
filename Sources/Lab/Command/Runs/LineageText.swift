import Foundation
import LabRuns

/// A lineage as a tree for people, and as a graph for Graphviz.
struct LineageText {
    let lineage: Lineage

    /// What the run was made from, then what came of it; what stands twice is not unfolded twice.
    var lines: [String] {
        var result = [label(lineage.root)]
        var unfolded: Set<String> = []
        result.append("made from")
        result += ancestors(lineage.root, "", &unfolded)
        if result.last == "made from" { result.append("└─ nothing") }
        result.append("read by")
        unfolded = []
        result += descendants(lineage.root, "", &unfolded)
        if result.last == "read by" { result.append("└─ no run") }
        return result
    }

    private func ancestors(_ id: String, _ indent: String, _ unfolded: inout Set<String>) -> [String] {
        guard let node = lineage.nodes[id], unfolded.insert(id).inserted else { return [] }
        let parents = node.parents.sorted { $0.key < $1.key }
        let datasets = node.datasets.sorted { $0.key < $1.key }
        var result: [String] = []
        for (position, parent) in parents.enumerated() {
            let isLast = position == parents.count + datasets.count - 1
            let again = unfolded.contains(parent.value) ? "  (above)" : ""
            result.append("\(indent)\(isLast ? "└─" : "├─") \(parent.key): \(label(parent.value))\(again)")
            result += ancestors(parent.value, indent + (isLast ? "   " : "│  "), &unfolded)
        }
        for (position, dataset) in datasets.enumerated() {
            let isLast = position == datasets.count - 1
            result.append("\(indent)\(isLast ? "└─" : "├─") dataset \(dataset.key)  \(dataset.value.prefix(12))")
        }
        return result
    }

    private func descendants(_ id: String, _ indent: String, _ unfolded: inout Set<String>) -> [String] {
        guard unfolded.insert(id).inserted else { return [] }
        let children = lineage.children[id] ?? []
        return children.enumerated().flatMap { position, child -> [String] in
            let isLast = position == children.count - 1
            let roles = lineage.nodes[child]?.parents.filter { $0.value == id }.keys.sorted() ?? []
            let again = unfolded.contains(child) ? "  (above)" : ""
            let role = roles.isEmpty ? "" : " as \(roles.joined(separator: ", "))"
            return ["\(indent)\(isLast ? "└─" : "├─") \(label(child))\(role)\(again)"]
                + descendants(child, indent + (isLast ? "   " : "│  "), &unfolded)
        }
    }

    private func label(_ id: String) -> String {
        guard let node = lineage.nodes[id] else { return id }
        guard let reference = node.reference else { return "\(node.experiment)  \(id)  not in this workspace" }
        return "\(reference)  \(id)  \(node.state ?? "")"
    }

    /// A directed graph from what was read to what read it: https://graphviz.org/doc/info/lang.html.
    var dot: String {
        var lines = ["digraph lineage {", "  rankdir=LR;", "  node [shape=box, fontname=\"sans-serif\"];"]
        let nodes = lineage.nodes.values.sorted { $0.id < $1.id }
        for node in nodes {
            let name = node.reference ?? "\(node.experiment) (not here)"
            let style = node.id == lineage.root ? ", style=bold" : node.reference == nil ? ", style=dashed" : ""
            lines.append("  \(quoted(node.id)) [label=\(quoted(name))\(style)];")
        }
        let datasets = Set(nodes.flatMap { $0.datasets.map { "\($0.key)@\($0.value.prefix(12))" } }).sorted()
        for dataset in datasets { lines.append("  \(quoted(dataset)) [shape=cylinder];") }
        for node in nodes {
            for (role, parent) in node.parents.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(quoted(parent)) -> \(quoted(node.id)) [label=\(quoted(role))];")
            }
            for (name, digest) in node.datasets.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(quoted("\(name)@\(digest.prefix(12))")) -> \(quoted(node.id));")
            }
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
