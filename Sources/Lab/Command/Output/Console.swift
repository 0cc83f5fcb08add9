import Foundation
import LabDomain
import Synchronization

/// Where commands write: results to standard output, everything about the course of things to standard error.
public struct Console: Sendable {
    /// The console of the command that is running.
    @TaskLocal public static var current = Console.standard

    private let output: @Sendable (String) -> Void
    private let errors: @Sendable (String) -> Void
    /// Whether standard error is a terminal, so that a line may be drawn over.
    public let isTerminal: Bool
    /// Whether standard output is one.
    public let isOutputTerminal: Bool
    /// Columns of the terminal.
    public let width: Int
    /// Lines of the terminal.
    public let height: Int

    public init(
        output: @escaping @Sendable (String) -> Void, errors: @escaping @Sendable (String) -> Void,
        isTerminal: Bool = false, isOutputTerminal: Bool = false, width: Int = 100, height: Int = 40
    ) {
        self.output = output
        self.errors = errors
        self.isTerminal = isTerminal
        self.isOutputTerminal = isOutputTerminal
        self.width = width
        self.height = height
    }

    /// The process's own streams; each write is handed on at once, also into a pipe.
    public static let standard = Console(
        output: { write($0, to: STDOUT_FILENO) }, errors: { write($0, to: STDERR_FILENO) },
        isTerminal: isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb",
        isOutputTerminal: isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb",
        width: terminalSize().columns, height: terminalSize().lines)

    /// Columns and lines as they are now: a terminal may change its size.
    var size: (columns: Int, lines: Int) { isOutputTerminal ? Self.terminalSize() : (width, height) }

    /// One line of a result.
    public func say(_ line: String = "") { output(line + "\n") }

    /// Text of a program that was run, as it is.
    func echo(_ text: String) { output(text) }

    /// One line about the course of things.
    public func note(_ line: String) { errors(line + "\n") }

    /// Text for a terminal as it is, without a line's end.
    func draw(_ text: String) { errors(text) }

    /// The same on standard output.
    func drawOutput(_ text: String) { output(text) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func terminalSize() -> (columns: Int, lines: Int) {
        for descriptor in [STDERR_FILENO, STDOUT_FILENO] {
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
                return (Int(size.ws_col), max(10, Int(size.ws_row)))
            }
        }
        return (100, 40)
    }
}

/// A console that keeps what is written: for tests.
public final class RecordingConsole: Sendable {
    private let texts = Mutex((output: "", errors: ""))

    public init() {}

    public var output: String { texts.withLock { $0.output } }
    public var errors: String { texts.withLock { $0.errors } }

    public var console: Console {
        Console(
            output: { text in self.texts.withLock { $0.output += text } },
            errors: { text in self.texts.withLock { $0.errors += text } })
    }
}
