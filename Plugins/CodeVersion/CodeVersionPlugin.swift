import Foundation
import PackagePlugin

/// Embeds the digest of a package's sources into a target: `CodeVersion.embedded`.
///
/// The digest is SHA-256 over the list `<sha256>  <path>` of `Package.swift` and all files under `Sources/`, sorted by
/// path; the manifest fixes the dependencies' versions. In a user's package the list goes on with Lab's own. It is made
/// by the system's own `sha256sum`, so that nothing has to be compiled for it, and anew only when a source changed.
@main
struct CodeVersionPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let lab = context.package.dependencies.map(\.package).filter { $0.displayName == "lab" }
        let packages = ([context.package] + lab).map(\.directoryURL)
        let output = context.pluginWorkDirectoryURL.appending(path: "CodeVersion+Embedded.swift")
        let script = """
            set -eu
            export LC_ALL=C
            output=$1
            shift
            digest=$(for package; do
                cd "$package"
                { find Sources -type f ! -name '.*' -print0; printf 'Package.swift\\0'; } | sort -z | xargs -0 sha256sum
            done | sha256sum | cut -d ' ' -f 1)
            cat > "$output" <<END
            import LabRuns

            extension CodeVersion {
                /// The sources from which this program was built.
                static let embedded = CodeVersion(digest: "$digest")
            }
            END
            """
        return [
            .buildCommand(
                displayName: "Taking the digest of the sources", executable: URL(filePath: "/bin/sh"),
                arguments: ["-c", script, "sh", output.path] + packages.map(\.path),
                inputFiles: try packages.flatMap(sources(of:)), outputFiles: [output])
        ]
    }

    private func sources(of package: URL) throws -> [URL] {
        let folder = package.appending(path: "Sources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { folder.appending(path: $0) }
            .filter {
                !$0.hasDirectoryPath && (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
            }
        return files + [package.appending(path: "Package.swift")]
    }
}
