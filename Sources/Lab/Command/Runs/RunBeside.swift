import Foundation
import LabRuns

/// What is known of a run outside its folder: tags, notes, the names of its parents, and the runs that read it.
struct RunBeside: Encodable {
    let tags: [String]
    let notes: [RunNotes.Note]
    /// References of parents by role; absent where the parent is not in this workspace.
    let inputs: [String: String]
    /// References of the runs that name it as a parent.
    let readBy: [String]

    init(of folder: URL, in workspace: Workspace) throws {
        let beside = try RunNotes.read(besides: folder)
        tags = beside.tags
        notes = beside.notes
        guard let record = RunEntry(folder: folder)?.record else {
            inputs = [:]
            readBy = []
            return
        }
        try workspace.index.refresh()
        let ids = [record.id] + record.parents.values.map(\.id)
        let found = try workspace.index.select(
            RunQuery([RunFilter.related(to: ids)], columns: ["id", "parents"]))
        var references: [String: String] = [:]
        var readers: [String] = []
        for row in 0..<found.count {
            if let id = found[row, "id"].text, references[id] == nil { references[id] = found.reference(row) }
            if RunsTable.elements(found, row, "parents").contains(record.id) { readers.append(found.reference(row)) }
        }
        inputs = record.parents.compactMapValues { references[$0.id] }
        readBy = readers
    }

    func sayInputs(_ record: RunRecord, _ common: CommonOptions) {
        for (role, parent) in record.parents.sorted(by: { $0.key < $1.key }) {
            let name = inputs[role] ?? "\(parent.experiment), not in this workspace,"
            common.say("input      \(role): \(name) \(parent.id)")
        }
        for (name, digest) in record.datasets.sorted(by: { $0.key < $1.key }) {
            common.say("dataset    \(name) \(digest)")
        }
    }

    func say(_ common: CommonOptions) {
        for reader in readBy { common.say("read by    \(reader)") }
        if !tags.isEmpty { common.say("tags       \(tags.joined(separator: " "))") }
        for note in notes { common.say("note       \(note.time.formatted(.iso8601))  \(note.text)") }
    }
}
