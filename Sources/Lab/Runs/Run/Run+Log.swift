import Foundation
import Logging

/// Writes log entries as lines of JSON: level, message, metadata, time.
struct RunLogHandler: LogHandler {
    struct Line: Codable {
        var level: String
        var message: String
        var metadata: [String: String]?
        /// Unix seconds.
        var time: Double
    }

    let lines: LineWriter
    let clock: any RunClock
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    init(lines: LineWriter, clock: any RunClock) {
        self.lines = lines
        self.clock = clock
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let line = Line(
            level: event.level.rawValue, message: event.message.description,
            metadata: all.isEmpty ? nil : all.mapValues { $0.description },
            time: (clock.now().timeIntervalSince1970 * 1000).rounded() / 1000)
        guard let data = try? CanonicalJSON.encode(line) else { return }
        lines.append { buffer in
            buffer.append(contentsOf: data)
            buffer.append(0x0A)
        }
    }
}
