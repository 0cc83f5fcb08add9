import Foundation

/// One measurement as read back from `metrics.jsonl`.
public struct MetricPoint: Codable, Sendable, Equatable {
    public var name: String
    public var step: Int
    /// Unix seconds.
    public var time: Double
    public var value: Double
}

/// Reads `metrics.jsonl`.
public enum MetricsFile {
    /// All complete lines in order; a torn last line is ignored, a malformed line before it is an error.
    public static func read(_ url: URL) throws -> [MetricPoint] {
        var result: [MetricPoint] = []
        try forEach(url) { result.append($0) }
        return result
    }

    /// Hands over one measurement after the other, as `read` would return them; none where there is no file.
    static func forEach(_ url: URL, _ body: (MetricPoint) -> Void) throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        let data = try RunsError.reading(url.path) { try Data(contentsOf: url) }
        try data.withUnsafeBytes { bytes in
            var scanner = MetricScanner()
            var number = 0
            var start = 0
            while let end = bytes[start...].firstIndex(of: 0x0A) {
                number += 1
                let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                start = end + 1
                guard let point = scanner.scan(line) ?? (try? CanonicalJSON.decode(MetricPoint.self, from: Data(line)))
                else {
                    throw RunsError.damaged(
                        run: url.deletingLastPathComponent().path, file: url.lastPathComponent,
                        problem: "line \(number) is not a measurement")
                }
                body(point)
            }
        }
    }
}

/// Reads lines that are spelled exactly as `MetricLine` writes them; anything else is left to a JSON decoder.
struct MetricScanner {
    private var lastName: [UInt8] = []
    private var lastText = ""

    mutating func scan(_ line: UnsafeRawBufferPointer) -> MetricPoint? {
        var place = 0
        func skip(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard place + count <= line.count, let base = line.baseAddress,
                memcmp(base + place, text.utf8Start, count) == 0
            else { return false }
            place += count
            return true
        }
        func number() -> Double? {
            let end = line[place...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }
            guard let end, end > place, end - place < 40 else { return nil }
            defer { place = end }
            return Self.double(UnsafeRawBufferPointer(rebasing: line[place..<end]))
        }
        guard skip("{\"name\":\"") else { return nil }
        guard
            let quote = line[place...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }),
            line[quote] == UInt8(ascii: "\"")
        else { return nil }
        let name = text(line[place..<quote])
        place = quote
        guard let name, skip("\",\"step\":"), let step = Self.integer(line, &place), skip(",\"time\":"),
            let time = number(), skip(",\"value\":"), let value = number(), skip("}"), place == line.count
        else { return nil }
        return MetricPoint(name: name, step: step, time: time, value: value)
    }

    /// Neighbouring lines mostly have the same name.
    private mutating func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String? {
        if bytes.count == lastName.count, bytes.elementsEqual(lastName) { return lastText }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        lastName = Array(bytes)
        lastText = text
        return text
    }

    private static func integer(_ line: UnsafeRawBufferPointer, _ place: inout Int) -> Int? {
        let isNegative = place < line.count && line[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        var value = 0
        let start = place
        while place < line.count, case let digit = line[place] &- 48, digit < 10 {
            value = value &* 10 &+ Int(digit)
            place += 1
        }
        // Longer ones might not fit: the decoder looks at them.
        return (1...18).contains(place - start) ? (isNegative ? -value : value) : nil
    }

    /// A JSON number, or the texts that stand for what JSON has no number for.
    private static func double(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard let first = bytes.first else { return nil }
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            // Ended by a comma or a brace, so that it reads no further than the line; x would make it hexadecimal.
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                !bytes.contains(UInt8(ascii: "x"))
            else { return nil }
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(base, &end)
            return end == UnsafeMutablePointer(mutating: base) + bytes.count ? value : nil
        case UInt8(ascii: "\""):
            if bytes.elementsEqual("\".nan\"".utf8) { return .nan }
            if bytes.elementsEqual("\".inf\"".utf8) { return .infinity }
            return bytes.elementsEqual("\"-.inf\"".utf8) ? -.infinity : nil
        default: return nil
        }
    }
}
