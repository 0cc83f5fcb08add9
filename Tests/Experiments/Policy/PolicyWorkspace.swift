import Foundation
import LabCommand
import LabRuns
import LabStorage
import LabTestKit

@testable import LabExperiments

/// A workspace of a test's own, with copies of some of the repository's reference runs, in which `labctl` is called.
final class PolicyWorkspace: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lab-policy-\(UUID().uuidString)")
    let registry: Registry
    /// The name of a log of one's own: workspaces that share `LAB_DATA` share the names in it.
    let ownLog = "own-" + UUID().uuidString.lowercased().prefix(8)

    /// - Parameter experiments: whose reference runs are copied.
    init(_ experiments: [String] = [], registry: Registry = shippedExperiments) throws {
        self.registry = registry
        let workspace = Workspace(folder)
        try FileManager.default.createDirectory(at: workspace.runs, withIntermediateDirectories: true)
        for experiment in experiments {
            let name = Workspace.folderName(ofExperiment: experiment)
            try FileManager.default.copyItem(
                at: Workspace(Checkout.root).runs.appending(path: name), to: workspace.runs.appending(path: name))
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: DatasetCatalogue.standard(workspace: folder).folder(of: ownLog))
        try? FileManager.default.removeItem(at: folder)
    }

    var workspace: Workspace { Workspace(folder) }
    var launcher: Launcher { Launcher(workspace: workspace, home: folder.appending(path: "home")) }

    /// What journeys and policies of the loop are made of.
    static let loop = ["profiles/journeys", "language/posts"]

    func labctl(
        _ words: String..., registry other: Registry? = nil
    ) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            words + ["--workspace", folder.path, "--quiet"], registry: other ?? registry, console: console.console)
        return (status, console.output, console.errors)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }
    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
    func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: folder.appending(path: name)) }

    /// Settings that make a policy's training and its evaluation short.
    static let short = [
        "--set", "evaluation.steps=20", "--set", "truthCustomers=20", "--set", "resamples=20",
    ]
    static let training = short + ["--set", "agent.steps=40", "--set", "agent.hidden=[16]"]

    func labctl(_ words: [String]) async -> (status: Int32, output: String, errors: String) {
        let console = RecordingConsole()
        let status = await LabCommand.execute(
            words + ["--workspace", folder.path, "--quiet"], registry: registry, console: console.console)
        return (status, console.output, console.errors)
    }

    /// Whether a run was begun and not sealed, with nothing among its artifacts.
    func isLeftUnsealed(_ reference: String) throws -> Bool {
        let run = try workspace.folder(of: reference)
        let artifacts = run.appending(path: RunFiles.artifacts).path
        let files = (try? FileManager.default.contentsOfDirectory(atPath: artifacts)) ?? []
        return RunState.of(run) != .sealed && files.isEmpty
    }
}
