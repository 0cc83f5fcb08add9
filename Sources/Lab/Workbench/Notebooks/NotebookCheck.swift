import Foundation
import LabNumerics

/// Compares what a notebook records with what its cells give now.
public struct NotebookCheck: Codable, Sendable, Equatable {
    public let path: String
    public let cells: Int
    /// Whether numbers and evaluations were compared as well: only on the profile that recorded them.
    public let comparedNumbers: Bool
    /// One sentence each; empty where everything is as recorded.
    public let differences: [String]

    /// - Parameter profile: where the execution happened.
    public init(_ notebook: Notebook, _ execution: NotebookRunner.Execution, profile: NumericProfile = .current()) {
        path = notebook.path
        let cells = notebook.cells
        self.cells = cells.count
        var differences: [String] = []
        let same = notebook.binding?.profile == profile
        comparedNumbers = same
        if notebook.binding == nil { differences.append("it is bound to no runs: run it once") }
        func form(_ text: String) -> [String] {
            let normal = notebook.normalisation.applied(to: text)
            return (same ? normal : Normalisation.withoutNumbers(normal)).components(separatedBy: "\n")
        }
        for (cell, output) in zip(cells, execution.outputs) {
            let (recorded, found) = (form(cell.output ?? ""), form(output))
            guard recorded != found else { continue }
            let first = zip(recorded, found).enumerated().first { $1.0 != $1.1 }?.offset
            let place = first ?? min(recorded.count, found.count)
            let (old, new) = (recorded.element(place), found.element(place))
            differences.append("line \(cell.line), output line \(place + 1): recorded '\(old)', now '\(new)'")
        }
        if same, let bound = notebook.binding?.runs {
            let found = execution.binding.runs
            if bound.map(\.run) != found.map(\.run) {
                differences.append("its cells make the runs \(found.map(\.run)), recorded are \(bound.map(\.run))")
            }
            for (old, new) in zip(bound, found) where old.run == new.run && old.evaluationDigest != new.evaluationDigest
            {
                differences.append("\(old.run) has another evaluation than the sealed run \(old.id)")
            }
        }
        self.differences = differences
    }

    /// Throws `WorkbenchError.notebookDiffers` where something does.
    public func check() throws {
        guard differences.isEmpty else { throw WorkbenchError.notebookDiffers(path: path, differences: differences) }
    }
}

extension [String] {
    fileprivate func element(_ index: Int) -> String { indices.contains(index) ? self[index] : "(nothing)" }
}
