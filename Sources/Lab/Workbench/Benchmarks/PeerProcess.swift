import Foundation

/// Another project's program that waits for its turn: it does one round for every line it is sent.
///
/// The program first prints a line with its name and version. For each line on its standard input it does one round and
/// prints the processor seconds that the round took. It ends when its input ends.
public final class PeerProcess {
    /// Name and version, as the peer says.
    public let name: String
    private let process: Process
    private let input: FileHandle
    private let output: FileHandle
    private var pending = Data()

    /// Starts a Python script; throws `WorkbenchError.peerFailed` when it does not say its name.
    ///
    /// - Parameters:
    ///   - python: for example `.venv-peers/bin/python`.
    ///   - script: the text of the script.
    ///   - threads: how many threads its libraries may use: as many as ours.
    public convenience init(python: URL, script: String, arguments: [String] = [], threads: Int = 1) throws {
        try self.init(python, arguments: ["-c", script] + arguments, threads: threads)
    }

    /// Starts a program; throws `WorkbenchError.peerFailed` when it does not say its name.
    public init(_ program: URL, arguments: [String] = [], threads: Int = 1) throws {
        process = Process()
        process.executableURL = program
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
            environment[name] = String(threads)
        }
        process.environment = environment
        let (to, from) = (Pipe(), Pipe())
        process.standardInput = to
        process.standardOutput = from
        process.standardError = FileHandle.nullDevice
        input = to.fileHandleForWriting
        output = from.fileHandleForReading
        do {
            try process.run()
        } catch {
            throw WorkbenchError.peerFailed(name: program.path, problem: "it does not start")
        }
        guard let greeting = Self.line(output, &pending) else {
            throw WorkbenchError.peerFailed(name: program.path, problem: "it ended without a word; is it installed?")
        }
        name = greeting
    }

    /// Lets the peer do one round and returns the processor seconds that it took.
    public func round() throws -> Double {
        do {
            try input.write(contentsOf: Data("round\n".utf8))
        } catch {
            throw WorkbenchError.peerFailed(name: name, problem: "it has ended")
        }
        guard let line = Self.line(output, &pending), let seconds = Double(line) else {
            throw WorkbenchError.peerFailed(name: name, problem: "it gave no time")
        }
        return seconds
    }

    /// Ends the peer.
    public func close() {
        try? input.close()
        process.waitUntilExit()
    }

    private static func line(_ output: FileHandle, _ pending: inout Data) -> String? {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                return line
            }
            let piece = output.availableData
            if piece.isEmpty { return nil }
            pending.append(piece)
        }
    }
}
