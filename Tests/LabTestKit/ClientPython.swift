import Foundation

/// The Python environment in which other projects' clients read our files (`requirements/clients.txt`).
///
/// It is found by `LAB_CLIENTS_PYTHON` or as `.venv-clients` of this checkout; `make test` makes it.
public enum ClientPython {
    /// The interpreter, or `nil` where the environment was not made.
    public static var interpreter: URL? {
        let named = ProcessInfo.processInfo.environment["LAB_CLIENTS_PYTHON"].map { URL(fileURLWithPath: $0) }
        let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".venv-clients/bin/python")
        return [named, beside].compactMap(\.self).first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// For `@Test(.enabled(if: ClientPython.isInstalled))`.
    public static var isInstalled: Bool { interpreter != nil }

    /// Runs a script and gives its exit code and what it wrote to both streams.
    public static func run(_ script: String, _ arguments: [String] = []) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = interpreter
        process.arguments = ["-c", script] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
