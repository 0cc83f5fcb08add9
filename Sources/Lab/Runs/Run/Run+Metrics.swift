import Foundation

extension Run {
    /// Records one measurement; it is on its way to disk at most 200 ms later.
    ///
    /// - Parameters:
    ///   - metric: a name such as `loss`; one name has one meaning and one unit.
    ///   - value: any number; infinities and not-a-number are kept as what they are.
    ///   - step: what the experiment counts, for example gradient steps.
    public func log(_ metric: String, _ value: Double, step: Int) {
        let time = clock.now().timeIntervalSince1970
        metrics.append { buffer in MetricLine.append(name: metric, value: value, step: step, time: time, to: &buffer) }
        observer.measured(self, metric: metric, value: value, step: step)
    }

    /// Hands buffered measurements and log lines to the system at once.
    public func flush() {
        metrics.flush()
        logLines.flush()
    }
}

/// One measurement as read back from `metrics.jsonl`.
public struct MetricPoint: Codable, Sendable, Equatable {
    public var name: String
    public var step: Int
    /// Unix seconds.
    public var time: Double
    public var value: Double
}

enum MetricLine {
    /// Appends one line of JSON with sorted keys.
    static func append(name: String, value: Double, step: Int, time: Double, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: "{\"name\":\"".utf8)
        appendEscaped(name, to: &buffer)
        buffer.append(contentsOf: "\",\"step\":".utf8)
        buffer.append(contentsOf: String(step).utf8)
        buffer.append(contentsOf: ",\"time\":".utf8)
        buffer.append(contentsOf: ((time * 1000).rounded() / 1000).description.utf8)
        buffer.append(contentsOf: ",\"value\":".utf8)
        appendNumber(value, to: &buffer)
        buffer.append(contentsOf: "}\n".utf8)
    }

    /// The shortest decimal that reads back as the same number.
    static func appendNumber(_ value: Double, to buffer: inout [UInt8]) {
        if value.isFinite {
            buffer.append(contentsOf: value.description.utf8)
        } else {
            buffer.append(contentsOf: (value.isNaN ? "\".nan\"" : value > 0 ? "\".inf\"" : "\"-.inf\"").utf8)
        }
    }

    static func appendEscaped(_ text: String, to buffer: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                buffer.append(UInt8(ascii: "\\"))
                buffer.append(byte)
            case 0..<0x20:
                buffer.append(contentsOf: "\\u00".utf8)
                buffer.append(contentsOf: (byte < 16 ? "0" : "").utf8)
                buffer.append(contentsOf: String(byte, radix: 16).utf8)
            default: buffer.append(byte)
            }
        }
    }
}

/// Reads `metrics.jsonl`.
public enum MetricsFile {
    /// All complete lines in order; a torn last line is ignored, a malformed line before it is an error.
    public static func read(_ url: URL) throws -> [MetricPoint] {
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        let data = try RunsError.reading(url.path) { try Data(contentsOf: url) }
        var result: [MetricPoint] = []
        var number = 0
        var start = data.startIndex
        while let end = data[start...].firstIndex(of: 0x0A) {
            number += 1
            let line = data[start..<end]
            start = data.index(after: end)
            guard let measurement = try? CanonicalJSON.decode(MetricPoint.self, from: line) else {
                throw RunsError.damaged(
                    run: url.deletingLastPathComponent().path, file: url.lastPathComponent,
                    problem: "line \(number) is not a measurement")
            }
            result.append(measurement)
        }
        return result
    }
}
