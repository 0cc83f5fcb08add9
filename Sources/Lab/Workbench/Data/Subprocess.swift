import Foundation
import LabStorage

/// Runs another program to its end.
enum Subprocess {
    /// Its exit code and what it wrote to both streams; throws `StorageError` if it cannot be started.
    ///
    /// Output goes through a file, so that a program that writes much cannot block.
    static func run(
        _ program: String, _ arguments: [String], in folder: URL, _ environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let log = folder.appendingPathComponent(".output-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: log.path, contents: nil),
            let handle = try? FileHandle(forWritingTo: log)
        else { throw StorageError.system(errno, path: log.path, writing: true) }
        defer {
            try? handle.close()
            try? FileManager.default.removeItem(at: log)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        do {
            try process.run()
        } catch {
            throw StorageError.cannotRead(path: program, reason: "it could not be started")
        }
        process.waitUntilExit()
        let output = (try? Data(contentsOf: log)) ?? Data()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
