import Foundation

/// How far a study is, as its folder and its cells' folders tell.
public struct StudyStatus: Sendable {
    /// A cell that was begun.
    public struct Cell: Sendable {
        public let role: String
        public let folder: URL
        public let state: RunState
    }

    /// How many cells there will be.
    public let total: Int
    /// In the order in which they were begun.
    public let cells: [Cell]

    /// `nil` where the folder is no study's or cannot be read.
    public init?(_ folder: URL, in workspace: Workspace) {
        let file = folder.appending(path: RunFiles.configuration)
        guard let entry = RunEntry(folder: folder), StudyName.experiment(of: entry.experiment) != nil,
            let text = try? String(contentsOf: file, encoding: .utf8),
            let tree = try? YAMLDocument(text, source: RunFiles.configuration).value,
            let settings = try? tree.removing(ConfigurationYAML.seedKey).decode(as: StudyConfiguration.self)
        else { return nil }
        total = settings.seeds.count * max(1, settings.variants.count)
        var found: [(role: String, reference: String)] = []
        for line in RunLogTail.lines(of: folder, bytes: 1 << 24) where line.message.hasPrefix("cell ") {
            guard let role = line.metadata?["role"], let reference = line.metadata?["cell"] else { continue }
            if let place = found.firstIndex(where: { $0.role == role }) {
                found[place].reference = reference
            } else {
                found.append((role, reference))
            }
        }
        cells = found.compactMap { cell in
            (try? workspace.folder(of: cell.reference)).map { .init(role: cell.role, folder: $0, state: .of($0)) }
        }
    }

    /// How many cells are in a state.
    public func count(_ state: RunState) -> Int { cells.count { $0.state == state } }

    /// What is sealed, in [0, 1].
    public var fraction: Double { Double(count(.sealed)) / Double(max(1, total)) }
}
