import Foundation

/// What is kept of one metric of a run.
struct MetricSummary: Sendable, Equatable {
    var last: Double
    /// Not-a-number counts in `count` and `last` only; where nothing else was measured, all are not-a-number.
    var least: Double
    var greatest: Double
    var count: Int

    init(_ value: Double) {
        last = value
        least = value
        greatest = value
        count = 1
    }

    mutating func add(_ value: Double) {
        last = value
        count += 1
        guard !value.isNaN else { return }
        least = least.isNaN ? value : min(least, value)
        greatest = greatest.isNaN ? value : max(greatest, value)
    }

    /// The summaries of a `metrics.jsonl` by name; none where there is no file. A torn last line is ignored.
    ///
    /// Lines as `MetricLine` writes them are read without a JSON decoder, which would take minutes for millions of them.
    static func read(_ url: URL) throws -> [String: MetricSummary] {
        guard FileManager.default.fileExists(atPath: url.path) else { return [:] }
        let data = try RunsError.reading(url.path) { try Data(contentsOf: url, options: .mappedIfSafe) }
        var result = SummaryTable()
        var isSound = true
        data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            var start = 0
            while isSound, start < bytes.count, let end = newline(bytes, from: start) {
                isSound = result.take(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = end + 1
            }
        }
        guard isSound else { return try slowly(url) }
        return result.summaries
    }

    private static func newline(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }

    private static func slowly(_ url: URL) throws -> [String: MetricSummary] {
        var result: [String: MetricSummary] = [:]
        for point in try MetricsFile.read(url) {
            result[point.name, default: MetricSummary(point.value)].add(point.value)
        }
        // The default has counted the first value already.
        return result.mapValues { summary in
            var summary = summary
            summary.count -= 1
            return summary
        }
    }
}

/// Collects values by name; the names' bytes are looked up without making texts of them.
private struct SummaryTable {
    private var names: [[UInt8]] = []
    private var values: [MetricSummary] = []
    private var recent = 0

    var summaries: [String: MetricSummary] {
        Dictionary(
            zip(names.map { String(decoding: $0, as: UTF8.self) }, values), uniquingKeysWith: { first, _ in first })
    }

    /// Reads `{"name":"…",…,"value":…}`; `false` where the line has another shape.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        let head: StaticString = "{\"name\":\""
        let tail: StaticString = ",\"value\":"
        guard let base = line.baseAddress, line.count > head.utf8CodeUnitCount, line.last == UInt8(ascii: "}"),
            memcmp(base, head.utf8Start, head.utf8CodeUnitCount) == 0
        else { return false }
        var end = head.utf8CodeUnitCount
        while end < line.count, line[end] != UInt8(ascii: "\"") {
            if line[end] == UInt8(ascii: "\\") { return false }
            end += 1
        }
        // The value is the last member, and no number has a colon.
        var colon = line.count - 1
        while colon > end, line[colon] != UInt8(ascii: ":") { colon -= 1 }
        let start = colon + 1 - tail.utf8CodeUnitCount
        guard start > end, memcmp(base + start, tail.utf8Start, tail.utf8CodeUnitCount) == 0,
            let value = number(UnsafeRawBufferPointer(rebasing: line[(colon + 1)..<(line.count - 1)]))
        else { return false }
        add(value, UnsafeRawBufferPointer(rebasing: line[head.utf8CodeUnitCount..<end]))
        return true
    }

    private func number(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.first == UInt8(ascii: "\"") else { return Double(Substring(decoding: bytes, as: UTF8.self)) }
        return switch String(decoding: bytes, as: UTF8.self) {
        case "\".nan\"": .nan
        case "\".inf\"": .infinity
        case "\"-.inf\"": -.infinity
        default: nil
        }
    }

    private mutating func add(_ value: Double, _ name: UnsafeRawBufferPointer) {
        for offset in 0..<names.count {
            // Names mostly come in turn.
            let place = (recent + 1 + offset) % names.count
            if names[place].count == name.count, names[place].elementsEqual(name) {
                values[place].add(value)
                recent = place
                return
            }
        }
        recent = names.count
        names.append(Array(name))
        values.append(MetricSummary(value))
    }
}
