/// An error that a person can act on: what happened, to which input, and what to do about it.
///
/// Every module's error type conforms; `labctl` prints `error: <what>` and `hint: <remedy>` and exits with `status`.
public protocol ReportableError: Error, CustomStringConvertible, Sendable {
    /// What happened, to which input, in one sentence.
    var what: String { get }
    /// What the reader can do about it, in one sentence.
    var remedy: String { get }
    /// The process's exit code when this error ends it.
    var status: ExitStatus { get }
}

extension ReportableError {
    public var description: String { "\(what) (\(remedy))" }
}

/// The exit codes of `labctl`, from `sysexits.h`.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    case success = 0
    /// A check came out negative: a reproduction that differs, a refused promotion asked for by a script.
    case negative = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case ourBug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case tryAgain = 75
    case noPermission = 77
    /// Ctrl-C: 128 + SIGINT, as shells expect.
    case interrupted = 130
}
