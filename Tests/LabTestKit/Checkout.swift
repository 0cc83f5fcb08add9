public import Foundation

/// The checkout whose tests are running.
public enum Checkout {
    /// The folder with `Package.swift`.
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The `labctl` that was built beside the tests, or `nil` where only some modules were built.
    public static var labctl: URL? {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = [tests.deletingLastPathComponent(), root.appending(path: ".build/release")]
            .map { $0.appending(path: "labctl") }
        return beside.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
