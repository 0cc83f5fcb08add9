import Foundation
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// Reading measurements while they are written.
@Suite struct MetricsTailTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func append(_ text: String) throws {
        let file = folder.url.appending(path: RunFiles.metrics)
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func line(_ step: Int, _ value: String) -> String {
        "{\"name\":\"loss\",\"step\":\(step),\"time\":1.5,\"value\":\(value)}\n"
    }

    @Test func tornLinesWaitAndOtherNumbersAreKept() throws {
        var tail = MetricsTail(run: folder.url)
        #expect(try tail.next().points.isEmpty)
        try append(line(0, "1.5") + line(1, "\".nan\"") + "{\"name\":\"lo")
        #expect(try tail.next().points.map(\.step) == [0, 1])
        #expect(try tail.next().points.isEmpty)
        try append("ss\",\"step\":2,\"time\":1.5,\"value\":\"-.inf\"}\nnonsense\n" + line(3, "2.0"))
        let news = try tail.next()
        #expect(news.points.map(\.step) == [2, 3] && news.points[0].value == -.infinity && !news.restarted)
        #expect(tail.malformed == 1)
    }

    @Test func aRunThatWentBackToACheckpointIsReadAnew() throws {
        var tail = MetricsTail(run: folder.url)
        try append(line(0, "1.0") + line(1, "2.0") + line(2, "3.0"))
        #expect(try tail.next().points.count == 3)
        let file = folder.url.appending(path: RunFiles.metrics)
        try Data(line(0, "1.0").utf8).write(to: file)
        // Longer than before, but not what was read.
        try append(line(1, "7.0") + line(2, "8.0") + line(3, "9.0"))
        let news = try tail.next()
        #expect(news.restarted && news.points.map(\.value) == [1, 7, 8, 9])
    }

    @Test func eightWritersAreFollowedWithoutALoss() async throws {
        let workspace = Workspace(folder.url)
        let done = TextCollector()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 1...8 as ClosedRange<UInt64> {
                group.addTask {
                    var settings = Walk.Configuration(steps: 300)
                    settings.pause = 100
                    _ = try await Launcher(workspace: workspace).train(Walk.self, configuration: settings, seed: seed)
                    done.add("one")
                }
            }
            var tails: [String: MetricsTail] = [:]
            var seen: [String: [Int]] = [:]
            while true {
                let last = done.texts.count == 8
                for entry in try workspace.entries() {
                    var tail = tails[entry.reference] ?? MetricsTail(run: entry.folder)
                    seen[entry.reference, default: []] += try tail.next().points.map(\.step)
                    tails[entry.reference] = tail
                }
                if last { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(seen.count == 8 && seen.values.allSatisfy { $0 == Array(0..<300) })
            #expect(tails.values.allSatisfy { $0.malformed == 0 })
            try await group.waitForAll()
        }
    }
}
