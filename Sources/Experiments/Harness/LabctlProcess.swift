import Foundation
import LabRuns

/// Starts `labctl` in a workspace and a home of its own, and kills it.
struct LabctlProcess {
    private let program: URL
    private let place: URL
    private let environment: [String: String]
    /// A process that takes longer than this hangs, in seconds.
    private static let patience = 300.0

    init(place: URL, correlation: String) throws {
        let inherited = ProcessInfo.processInfo.environment
        program = try Self.program(environment: inherited)
        self.place = place
        var environment = inherited
        environment["LAB_HOME"] = place.appending(path: "home").path
        environment[Correlation.variable] = correlation
        self.environment = environment
    }

    /// This program where it is `labctl`, else `LAB_LABCTL`, else the one built beside it or in `LAB_PACKAGE`.
    static func program(environment: [String: String]) throws -> URL {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        if own.lastPathComponent == "labctl" { return own }
        let package = URL(filePath: environment["LAB_PACKAGE"] ?? FileManager.default.currentDirectoryPath)
        let candidates =
            [environment["LAB_LABCTL"].map { URL(filePath: $0) }].compactMap { $0 } + [
                own.deletingLastPathComponent().appending(path: "labctl"),
                package.appending(path: ".build/release/labctl"),
            ]
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw HarnessError.noLabctl(searched: candidates.map(\.path))
        }
        return found
    }

    /// Runs to the end; throws `HarnessError.failed` where that is not success.
    func run(_ words: [String]) throws {
        let process = try start(words)
        guard ended(process, within: Self.patience) else {
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            throw HarnessError.failed(command: words.joined(separator: " "), problem: "it hangs")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw HarnessError.failed(
                command: words.joined(separator: " "), problem: text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    /// Starts, waits and kills.
    ///
    /// - Returns: whether it was still alive; `false` where it had succeeded before.
    func kill(_ words: [String], after seconds: Double) throws -> Bool {
        let process = try start(words)
        if !ended(process, within: seconds) { Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL { return true }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw HarnessError.failed(
                command: words.joined(separator: " "), problem: text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return false
    }

    private var errors: URL { place.appending(path: "errors.txt") }

    private func start(_ words: [String]) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = words + ["--workspace", place.path, "--quiet"]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        return process
    }

    private func ended(_ process: Process, within seconds: Double) -> Bool {
        let start = ContinuousClock.now
        while process.isRunning {
            let left =
                seconds - Double(start.duration(to: .now).components.attoseconds) * 1e-18
                - Double(start.duration(to: .now).components.seconds)
            if left <= 0 { return false }
            usleep(UInt32(min(left, 0.005) * 1e6))
        }
        return true
    }
}
