import Foundation
import LabExperimentTestKit
import Testing

@testable import LabCommand
@testable import LabRuns

/// Live curves in the terminal.
@Suite struct WatchTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aSealedRunIsDrawnOnce() async throws {
        _ = await Call(folder, "train", "test/walk", "--set", "steps=40")
        let call = await Call(folder, "runs", "watch", "test/walk/1", "--once")
        #expect(call.status == 0, "\(call.errors)")
        #expect(call.output.contains("test/walk/1  sealed"))
        #expect(call.output.contains("at step 39"))
        #expect(
            call.output.contains("┤") && call.output.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
        let byName = await Call(folder, "runs", "watch", "test/walk")
        #expect(byName.status == 0 && byName.output.contains("test/walk/1 is sealed"))
        let json = await Call(folder, "runs", "watch", "--once", "--json")
        let metric = (json.json["metrics"] as? [[String: Any]])?.first
        #expect(metric?["name"] as? String == "position" && metric?["count"] as? Int == 40)
        let nothing = await Call(folder, "runs", "watch", "test/walk/7")
        #expect(nothing.status == 66 && nothing.errors.contains("there is no run 'test/walk/7'"))
        let other = await Call(folder, "runs", "watch", "test/walk/1", "--once", "--metric", "loss")
        #expect(other.output.contains("loss: nothing measured"))
    }

    @Test func aRunIsFollowedToItsEnd() async throws {
        async let training = Call(folder, "train", "test/walk", "--set", "steps=800", "--set", "pause=1500")
        while try Workspace(folder.url).entries().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let call = await Call(folder, "runs", "watch", "test/walk", "--interval", "0.1")
        #expect(await training.status == 0)
        #expect(call.status == 0)
        let lines = call.output.split(separator: "\n")
        #expect(lines.count > 2 && lines.contains { $0.contains("test/walk/1  running") && $0.contains("steps/s") })
        #expect(lines.last == "test/walk/1 is sealed")
    }

    @Test func anInterruptedStudyShowsItsCells() async throws {
        _ = await Call(folder, "study", "test/walk", "--seeds", "0..2", "--smoke")
        let call = await Call(folder, "runs", "watch", "study/test/walk/1", "--once")
        #expect(call.output.contains("3/3 runs sealed, 0 at work"), "\(call.output)")
        #expect(call.output.contains("in 3 runs"))
        let run = folder.url.appending(path: "runs/test.walk/9")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data().write(to: run.appending(path: "log.jsonl"))
        try Data("{\"name\":\"a\",\"step\":0,\"time\":1.0,\"value\":\".nan\"}\n{\"torn".utf8)
            .write(to: run.appending(path: "metrics.jsonl"))
        let left = await Call(folder, "runs", "watch", "test/walk/9")
        #expect(left.status == 1 && left.output.contains("test/walk/9 was interrupted"))
        #expect(left.output.contains("a NaN at step 0, 1 not finite"), "\(left.output)")
    }

    @Test func plotsKeepTheirSizeAndLabels() {
        let line = (0..<500).map { (step: Double($0), value: sin(Double($0) / 50)) }
        let lines = TerminalPlot(series: [line], width: 60, height: 8).lines
        #expect(lines.count == 9)
        #expect(lines.allSatisfy { TextTable.width($0) <= 60 })
        #expect(lines[0].contains("1.0"))
        #expect(lines[8].contains("0") && lines[8].hasSuffix("499"))
        let gap: [(step: Double, value: Double)] = [(0, 1), (1, .nan), (2, .infinity), (3, 1)]
        #expect(TerminalPlot(series: [gap], width: 30, height: 4).lines.count == 5)
        #expect(TerminalPlot(series: [[(0, .nan)], []], width: 30, height: 4).lines == ["  (no finite value yet)"])
        let wide: [(step: Double, value: Double)] = [(0, -1.7e308), (1, 1.7e308)]
        #expect(TerminalPlot(series: [wide], width: 8, height: 1).lines.count == 2)
    }

    @Test func brailleDotsStandWhereTheyShould() {
        var canvas = BrailleCanvas(columns: 2, rows: 1)
        canvas.dot(0, 0)
        canvas.dot(3, 3)
        #expect(canvas.lines == ["\u{2801}\u{2880}"])
        canvas.line(from: (0, 3), to: (3, 0))
        #expect(canvas.lines == ["\u{2861}\u{288A}"])
    }

    @Test func longSeriesAreThinnedAndKeepTheirEnd() {
        var series = WatchSeries()
        for step in 0..<100_000 {
            series.add(MetricPoint(name: "a", step: step, time: Double(step) / 100, value: step % 7 == 0 ? .nan : 1))
        }
        #expect(series.points.count <= 4097 && series.count == 100_000 && series.notFinite == 14_286)
        #expect(series.drawn.last?.step == 99_999 && abs((series.rate ?? 0) - 100) < 1e-6)
    }
}
