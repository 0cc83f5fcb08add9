import Foundation
import LabNumerics

extension StudyRunner {
    /// What is there of the cells: sealed runs, and folders of unfinished ones that can be gone on with.
    struct Present {
        var sealed: [String: SealedRun] = [:]
        var unfinished: [String: URL] = [:]
    }

    /// Runs that are what a cell would be: same configuration, seed, code, inputs, data and numeric profile.
    func present() throws -> Present {
        let profile = try ConfigurationValue(encoding: NumericProfile.current())
        let parents = inputs.mapValues { RunRecord.Parent(id: $0.id, experiment: $0.experiment) }
        let bySeed = Dictionary(grouping: plan.cells, by: \.seed)
        let names = Set(plan.configurations.flatMap { E.datasets($0) })
        let digests = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try launcher.datasets.dataset($0).digest) })
        var present = Present()
        for entry in try launcher.workspace.entries(of: E.name) where entry.state != .running {
            guard let record = entry.record, record.verb == .train, record.smoke == short,
                let cells = bySeed[record.seed], record.code == launcher.code, record.parents == parents,
                record.numericProfile == profile, let configuration = configuration(of: entry.folder),
                let place = plan.configurations.firstIndex(of: configuration),
                let cell = cells.first(where: { $0.variant == place }),
                record.datasets == digests.filter({ E.datasets(configuration).contains($0.key) })
            else { continue }
            if entry.state != .sealed {
                present.unfinished[cell.role] = entry.folder
            } else if present.sealed[cell.role] == nil, let run = try? SealedRun(folder: entry.folder) {
                // What is damaged is no cell: `labctl runs verify` names it, and the cell is run anew.
                present.sealed[cell.role] = run
            }
        }
        return present
    }

    private func configuration(of folder: URL) -> E.Configuration? {
        let file = folder.appending(path: RunFiles.configuration)
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let tree = try? YAMLDocument(text, source: RunFiles.configuration).value
        else { return nil }
        return try? tree.removing(ConfigurationYAML.seedKey).decode(as: E.Configuration.self)
    }

    /// Goes on with what is left of a cell, or runs it from the start.
    func result(of cell: StudyCell, left folder: URL?, _ launcher: Launcher) async throws -> SealedRun {
        // Another process may have taken it up since, or it cannot be resumed: then the cell begins anew.
        if let folder, let left = try? InterruptedRun(folder) { return try await launcher.resume(E.self, left) }
        return try await launcher.train(
            E.self, configuration: plan.configurations[cell.variant], seed: cell.seed, smoke: short, inputs: inputs)
    }
}
