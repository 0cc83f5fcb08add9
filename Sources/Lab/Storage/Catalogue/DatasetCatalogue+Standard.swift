import Foundation

extension DatasetCatalogue {
    /// The catalogue of a workspace as `labctl` sees it.
    ///
    /// The project's manifests are those installed with the program (`../share/lab/datasets` beside its folder), else
    /// those of the checkout that it was built from. Working forms are written to `LAB_DATA`, else to the workspace's
    /// `.lab/data`, and also found in the checkout's. `LAB_MIRROR` names a folder with mirrored origins.
    public static func standard(
        workspace: URL, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> DatasetCatalogue {
        func folder(_ key: String) -> URL? {
            environment[key].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
        }
        let checkoutData = checkout.appendingPathComponent(".lab/data")
        return DatasetCatalogue(
            manifests: projectManifests, workspace: workspace, data: folder("LAB_DATA"), also: [checkoutData],
            mirror: folder("LAB_MIRROR"))
    }

    /// The folder with the project's own manifests.
    public static var projectManifests: URL {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let installed = program.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("share/lab/datasets")
        if FileManager.default.fileExists(atPath: installed.path) { return installed }
        return checkout.appendingPathComponent("datasets")
    }

    /// The sources that this program was built from; an installed program may no longer have them.
    private static var checkout: URL {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<5 { url.deleteLastPathComponent() }
        return url
    }
}
