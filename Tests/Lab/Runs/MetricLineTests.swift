import Foundation
import LabExperimentTestKit
import LabNumerics
import Testing

@testable import LabRuns

/// The bytes of `metrics.jsonl`: those of the standard library's descriptions, and back.
@Suite struct MetricLineTests {
    private func number(_ value: Double) -> String {
        var buffer = LineBuffer(capacity: 1)
        MetricLine.appendNumber(value, to: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    private func time(_ milliseconds: Int64) -> String {
        var buffer = LineBuffer(capacity: 1)
        MetricLine.appendSeconds(milliseconds, to: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test func numbersAreSpelledAsTheStandardLibraryDoes() {
        let special: [Double] = [
            0, -0.0, 1, -1, 10, 99, 100, 0.1, 0.5, -2.5, 1e-4, 1e-5, 9007199254740991, 9007199254740992,
            9007199254740993, -9007199254740991, 1e15, 1e16, 1e17, 1e22, 1e300, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNormalMagnitude, .pi, 2.0 / 3, 123456.789,
        ]
        for value in special { #expect(number(value) == value.description) }
        var stream = RandomStream(seed: 3, name: "numbers")
        for _ in 0..<20_000 {
            let wild = Double(bitPattern: stream.next())
            guard wild.isFinite else { continue }
            #expect(number(wild) == wild.description)
            let tame = [stream.nextNormal(), Double(Float(stream.nextDouble())), stream.nextNormal().rounded() * 1e3]
            for value in tame { #expect(number(value) == value.description) }
        }
        #expect(number(.nan) == "\".nan\"" && number(.infinity) == "\".inf\"" && number(-.infinity) == "\"-.inf\"")
    }

    @Test func timesAreSpelledAsTheirSecondsAre() {
        var stream = RandomStream(seed: 4, name: "times")
        let special: [Int64] = [
            0, 1, 9, 10, 99, 100, 999, 1000, 1010, 1_763_846_685_120, -1500, 999_999_999_999_999,
            1_000_000_000_000_000,
        ]
        for value in special + (0..<5_000).map({ _ in Int64(stream.nextInt(below: 4_000_000_000_000)) }) {
            #expect(time(value) == (Double(value) / 1000).description)
        }
    }

    @Test func everyLineReadsBackExactly() throws {
        var stream = RandomStream(seed: 5, name: "lines")
        var lines = LineBuffer()
        var points: [MetricPoint] = []
        let names = ["loss", "a b", "q\"uo\\te", "tab\t", "größe", "", String(repeating: "long", count: 200)]
        for index in 0..<2_000 {
            let values = [stream.nextNormal(), Double(index), .infinity, -.infinity, Double(bitPattern: stream.next())]
            let point = MetricPoint(
                name: names[index % names.count], step: index % 3 == 0 ? -index : index,
                time: Double(1_763_846_685_000 + index) / 1000, value: values[index % values.count])
            points.append(point)
            MetricLine.append(
                name: point.name, value: point.value, step: point.step,
                milliseconds: Int64(1_763_846_685_000 + index), to: &lines)
        }
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: RunFiles.metrics)
        try Data(lines.bytes).write(to: file)
        let read = try MetricsFile.read(file)
        #expect(read.count == points.count)
        for (left, right) in zip(read, points) {
            #expect(left.name == right.name && left.step == right.step && left.time == right.time)
            #expect(left.value == right.value || (left.value.isNaN && right.value.isNaN))
        }
        // A decoder of JSON reads the same.
        for (line, point) in zip(Data(lines.bytes).split(separator: 0x0A), points) {
            let decoded = try CanonicalJSON.decode(MetricPoint.self, from: line)
            #expect(decoded == point || point.value.isNaN)
        }
        // Written again they are the same bytes, so digests are those of the file.
        #expect(ResultDigest.metrics(read) == ResultDigest.metrics(points))
    }

    @Test(arguments: [
        #"{"name":"a","step":1,"time":0x1,"value":1}"#, #"{"name":"a","step":1,"time":1,"value":}"#,
        #"{"name":"a","step":1.5,"time":1,"value":1}"#, #"{"name":"a","step":1,"time":1,"value":"many"}"#, "[]", "",
    ])
    func whatIsNoMeasurementIsDamage(line: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: RunFiles.metrics)
        try Data((line + "\n").utf8).write(to: file)
        #expect(throws: RunsError.self) { try MetricsFile.read(file) }
    }

    @Test func otherSpellingsOfJSONAreRead() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: RunFiles.metrics)
        let text = "{ \"step\": 3, \"value\": 1e2, \"name\": \"a\\u0041\", \"time\": 1 }\n"
        try Data(text.utf8).write(to: file)
        #expect(try MetricsFile.read(file) == [MetricPoint(name: "aA", step: 3, time: 1, value: 100)])
    }
}
