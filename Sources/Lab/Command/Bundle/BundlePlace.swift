import Foundation
import LabRuns

/// Where a bundle lies that people name.
enum BundlePlace {
    /// A folder as it is named, or the bundle of that id in the workspace.
    static func folder(_ name: String, in workspace: Workspace) -> URL {
        let given = URL(filePath: name)
        let inWorkspace = workspace.bundles.appending(path: name)
        let files = FileManager.default
        if !files.fileExists(atPath: given.path), files.fileExists(atPath: inWorkspace.path) { return inWorkspace }
        return given.standardizedFileURL
    }
}
