import Foundation
import Logging

/// Writes log entries as lines of JSON: level, message, metadata, time, the run and what it belongs to.
struct RunLogHandler: LogHandler {
    struct Line: Codable {
        /// One for everything that one command did.
        var correlation: String?
        var level: String
        var message: String
        var metadata: [String: String]?
        /// The run's id.
        var run: String?
        /// Unix seconds.
        var time: Double
    }

    let lines: LineWriter
    let time: RunTime
    let run: String
    let correlation: String
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    init(lines: LineWriter, time: RunTime, run: String, correlation: String) {
        self.lines = lines
        self.time = time
        self.run = run
        self.correlation = correlation
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if let jump = time.newJump() {
            write(
                .warning, "clock jumped",
                ["seconds": "\(jump.rounded())", "effect": "none: times of this run follow the monotonic clock"])
        }
        write(event.level, event.message.description, metadata.merging(event.metadata ?? [:]) { $1 })
    }

    private func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        let line = Line(
            correlation: correlation, level: level.rawValue, message: message,
            metadata: metadata.isEmpty ? nil : metadata.mapValues { $0.description }, run: run,
            time: Double(time.milliseconds) / 1000)
        guard let data = try? CanonicalJSON.encode(line) else { return }
        lines.append { buffer in
            buffer.append(contentsOf: data)
            buffer.append(UInt8(ascii: "\n"))
        }
    }
}

/// Ties together what one command does, over all its runs and processes.
public enum Correlation {
    /// Handed on to child processes.
    public static let variable = "LAB_CORRELATION_ID"

    /// The id that the environment hands on, else a new one.
    public static func id(
        environment: [String: String] = ProcessInfo.processInfo.environment, at time: Date = Date()
    ) -> String {
        guard let given = environment[variable], !given.isEmpty else { return ULID.make(at: time) }
        return String(given.prefix(128))
    }
}
