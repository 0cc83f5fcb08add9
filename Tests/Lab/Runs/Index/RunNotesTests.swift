import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

@Suite struct RunNotesTests {
    let folder: TemporaryFolder
    var run: URL { folder.url.appending(path: "runs/test.walk/1") }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    }

    @Test func twoProcessesLoseNoTag() async throws {
        let path = run.path
        async let first: Void = tag(path, "a")
        async let second: Void = tag(path, "b")
        _ = await (first, second)
        #expect(try RunNotes.read(besides: run).tags.count == 40)
    }

    private func tag(_ path: String, _ letter: String) async {
        await #expect(processExitsWith: .success) { [path = path as String, letter = letter as String] in
            for number in 0..<20 {
                try RunNotes.change(besides: URL(filePath: path)) { $0.tags.append("\(letter)\(number)") }
            }
        }
    }

    @Test func whatIsNoNotesFileIsNotOverwritten() throws {
        let file = RunNotes.file(besides: run)
        try Data("my own text".utf8).write(to: file)
        #expect(throws: RunsError.unreadableNotes(file: file.path)) {
            try RunNotes.change(besides: run) { $0.tags.append("x") }
        }
        #expect(try Data(contentsOf: file) == Data("my own text".utf8))
        try Data(#"{"format":2,"tags":[],"notes":[]}"#.utf8).write(to: file)
        #expect(throws: RunsError.unsupportedFormat(file: file.path, found: 2, supported: 1)) {
            try RunNotes.read(besides: run)
        }
    }

    @Test func summariesOfMeasurementsAgreeWithTheReader() throws {
        let file = folder.url.appending(path: "metrics.jsonl")
        var lines = LineBuffer()
        let values: [Double] = [0.1, .nan, -3e-300, .infinity, 1e-300, 1e300, -.infinity, 2, 0.30000000000000004]
        for (step, value) in values.enumerated() {
            MetricLine.append(
                name: step % 2 == 0 ? "loss" : "naïve", value: value, step: step, milliseconds: 1000, to: &lines)
        }
        // A name that needs escapes, and a torn line.
        for isOdd in [false, true] {
            if isOdd { MetricLine.append(name: "a\"b", value: 7, step: 0, milliseconds: 1000, to: &lines) }
            try Data(Array(lines.bytes) + Array("{\"name\":\"lo".utf8)).write(to: file)
            let found = try MetricSummary.read(file)
            let points = Dictionary(grouping: try MetricsFile.read(file), by: \.name)
            #expect(Set(found.keys) == Set(points.keys))
            for (name, series) in points {
                let finite = series.map(\.value).filter { !$0.isNaN }
                #expect(found[name]?.count == series.count)
                #expect(found[name]?.last == series.last?.value)
                #expect(found[name]?.least == finite.min())
                #expect(found[name]?.greatest == finite.max())
            }
        }
        #expect(try MetricSummary.read(folder.url.appending(path: "none")).isEmpty)
    }
}
