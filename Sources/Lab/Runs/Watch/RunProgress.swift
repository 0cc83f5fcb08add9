import Foundation

/// How far a run said that it is, as its log tells.
public struct RunProgress: Sendable, Equatable {
    /// In [0, 1].
    public let fraction: Double
    /// Unix seconds.
    public let time: Double

    /// The message of the log lines that tell it.
    static let message = "progress"
    /// Seconds between two of them.
    static let interval = 2.0

    /// The newest one, or `nil` where none stands in the last lines of the log.
    public static func latest(of folder: URL) -> RunProgress? {
        RunLogTail.lines(of: folder).last { $0.message == message }.flatMap { line in
            line.metadata?["fraction"].flatMap { Double($0) }.map { RunProgress(fraction: $0, time: line.time) }
        }
    }
}

/// The last lines of a run's log.
enum RunLogTail {
    static func lines(of folder: URL, bytes: UInt64 = 1 << 16) -> [RunLogHandler.Line] {
        guard let handle = try? FileHandle(forReadingFrom: folder.appending(path: RunFiles.log)) else { return [] }
        defer { try? handle.close() }
        let size = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: size > bytes ? size - bytes : 0)
        let data = (try? handle.readToEnd()) ?? Data()
        return data.split(separator: 0x0A).compactMap {
            try? CanonicalJSON.decode(RunLogHandler.Line.self, from: Data($0))
        }
    }
}
