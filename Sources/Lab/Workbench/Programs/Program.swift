import Foundation

/// A program of this machine, run to its end.
public struct Program: Sendable {
    public let executable: URL
    public var arguments: [String]
    public var environment: [String: String]
    public var folder: URL?

    /// What a program said and how it ended.
    public struct Result: Sendable, Equatable {
        public let status: Int32
        public let output: String
        public let errors: String
    }

    public init(
        _ executable: URL, _ arguments: [String] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment, folder: URL? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
    }

    /// Finds a program by name along `PATH`; throws `WorkbenchError.noProgram`.
    public static func find(
        _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        let path = environment["PATH"] ?? ""
        for folder in path.split(separator: ":") {
            let url = URL(filePath: String(folder)).appending(path: name)
            if FileManager.default.isExecutableFile(atPath: url.path) { return url }
        }
        throw WorkbenchError.noProgram(name: name, searched: "PATH")
    }

    /// Runs it and waits; what it prints goes through files, so that no amount of it can block.
    ///
    /// - Parameter limit: seconds after which it is ended and `WorkbenchError.programTimedOut` thrown.
    public func run(limit: Double = 600) throws -> Result {
        let files = FileManager.default
        let scratch = files.temporaryDirectory.appending(path: "lab-program-\(UUID().uuidString)")
        try files.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: scratch) }
        let outputFile = scratch.appending(path: "output")
        let errorFile = scratch.appending(path: "errors")
        for file in [outputFile, errorFile] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        if let folder { process.currentDirectoryURL = folder }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw WorkbenchError.noProgram(name: executable.path, searched: "that place")
        }
        if ended.wait(timeout: .now() + limit) == .timedOut {
            process.terminate()
            throw WorkbenchError.programTimedOut(name: executable.lastPathComponent, seconds: limit)
        }
        return Result(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
}
