import CSpawn
import Foundation

/// A program that runs while the thread that started it looks after it.
///
/// The system kills it when that thread ends, so nothing survives a kill of `labctl`. Its process group is its own:
/// Ctrl-C reaches it through `stop`, once.
struct CapturedProcess {
    private static let patience: [(seconds: Double, signal: Int32)] = [(0, SIGINT), (5, SIGTERM), (10, SIGKILL)]

    private let identifier: pid_t
    private let output: Int32

    /// Throws `RunsError.commandNotFound` where it cannot be started.
    init(_ program: URL, _ command: [String], environment: [String: String]) throws {
        var ends: [Int32] = [-1, -1]
        let refused = lab_pipe(&ends)
        guard refused == 0 else { throw RunsError.system(refused, creating: "a pipe") }
        defer { close(ends[1]) }
        let arguments = Self.strings(command)
        let variables = Self.strings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let problem = lab_spawn(program.path, arguments, variables, ends[1], &child)
        guard problem == 0 else {
            close(ends[0])
            let reason =
                problem == ENOEXEC ? "it is neither a program nor a script with #!" : String(cString: strerror(problem))
            throw RunsError.commandNotFound(name: command.first ?? "", problem: reason)
        }
        identifier = child
        output = ends[0]
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
    }

    /// Waits for the end and hands on everything that is written meanwhile.
    ///
    /// - Parameters:
    ///   - interruption: a request is passed on as Ctrl-C, then as SIGTERM, then as SIGKILL.
    ///   - bytes: hears what the program writes, as soon as it is there.
    ///   - tick: called about every 50 ms.
    /// - Returns: the exit code, or 128 and the signal that ended it; and whether processes were left behind and ended.
    func wait(
        _ interruption: Interruption, bytes: (ArraySlice<UInt8>) -> Void, tick: () -> Void
    ) -> (code: Int32, leftBehind: Bool) {
        defer { close(output) }
        var block = [UInt8](repeating: 0, count: 1 << 16)
        var asked: ContinuousClock.Instant?
        var sent = 0
        var lastTick = ContinuousClock.now
        while true {
            let isOpen = read(into: &block, timeout: 50, bytes)
            if lastTick.duration(to: .now) > .milliseconds(50) {
                tick()
                lastTick = .now
            }
            if interruption.isRequested {
                let start = asked ?? .now
                asked = start
                while sent < Self.patience.count, start.duration(to: .now).seconds >= Self.patience[sent].seconds {
                    kill(-identifier, Self.patience[sent].signal)
                    sent += 1
                }
            }
            let code = lab_ended(identifier)
            if code >= 0 {
                // What it left behind may not write into the run after the seal, nor hold its output open.
                let leftBehind = kill(-identifier, SIGKILL) == 0
                while read(into: &block, timeout: leftBehind ? 20 : 0, bytes) == .some {}
                return (code, leftBehind)
            }
            // The program closed its output and goes on.
            if isOpen == .end { usleep(20_000) }
        }
    }

    private enum Reading {
        case some
        case nothing
        case end
    }

    private func read(into block: inout [UInt8], timeout: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> Reading {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, timeout) > 0 else { return .nothing }
        let count = block.withUnsafeMutableBytes { Foundation.read(output, $0.baseAddress, $0.count) }
        if count > 0 {
            take(block[..<count])
            return .some
        }
        return count == 0 ? .end : .nothing
    }

    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// The file of a program: a path as it is, a name along `PATH`; throws `RunsError.commandNotFound`.
    static func locate(_ name: String, environment: [String: String]) throws -> URL {
        let files = FileManager.default
        func isProgram(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            return files.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
                && files.isExecutableFile(atPath: path)
        }
        if name.contains("/") {
            if isProgram(name) { return URL(filePath: name) }
            let problem = files.fileExists(atPath: name) ? "it cannot be executed" : "there is no such file"
            throw RunsError.commandNotFound(name: name, problem: problem)
        }
        for folder in (environment["PATH"] ?? "").split(separator: ":") where isProgram("\(folder)/\(name)") {
            return URL(filePath: "\(folder)/\(name)")
        }
        let here = files.fileExists(atPath: name)
        throw RunsError.commandNotFound(
            name: name,
            problem: here ? "it is a file here, but no program along PATH" : "no program along PATH has that name")
    }
}
