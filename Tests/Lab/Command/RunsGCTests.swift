import Foundation
import LabExperimentTestKit
import Testing

@testable import LabCommand
@testable import LabRuns

/// What is deleted, and above all what is not.
@Suite struct RunsGCTests {
    let folder: TemporaryFolder
    var workspace: Workspace { Workspace(folder.url) }

    init() throws { folder = try TemporaryFolder() }

    /// A copy of a run without its seal, silent for some days.
    private func interrupted(_ number: Int, days: Double) throws {
        let copy = workspace.folder("test/walk", number)
        try FileManager.default.copyItem(at: workspace.folder("test/walk", 1), to: copy)
        try FileManager.default.removeItem(at: copy.appending(path: RunFiles.seal))
        for name in [RunFiles.log, RunFiles.metrics] { try age(copy.appending(path: name), days: days) }
    }

    private func age(_ file: URL, days: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)], ofItemAtPath: file.path)
    }

    private func items(_ call: Call) -> [String] {
        (call.json["items"] as? [[String: Any]])?.map { item in
            "\(item["kind"] ?? "") \(item["run"] as? String ?? URL(filePath: item["path"] as? String ?? "").lastPathComponent)"
        } ?? []
    }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/runs/test.walk")) ?? []).sorted()
    }

    @Test func itShowsFirstAndDeletesOnlyWhatIsOld() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        try interrupted(2, days: 40)
        try interrupted(3, days: 2)
        try interrupted(4, days: 40)
        try interrupted(5, days: 40)
        try RunNotes.change(besides: workspace.folder("test/walk", 4)) { $0.tags = ["keep"] }
        _ = try RunNotes.add("why", besides: workspace.folder("test/walk", 2), at: Date())
        // Held by a process: this one.
        let lock = try LineWriter(workspace.folder("test/walk", 5).appending(path: RunFiles.log), lock: true)
        let parent = folder.url.appending(path: "runs/test.walk")
        for name in ["9.notes.json", ".1.notes.json.X.partial", ".trash-7-X", "1.notes.json"] {
            try Data("{\"format\":1,\"tags\":[],\"notes\":[]}".utf8).write(to: parent.appending(path: name))
        }
        try age(parent.appending(path: ".1.notes.json.X.partial"), days: 1)
        try FileManager.default.createDirectory(
            at: parent.appending(path: "1/.checkpoints/3"), withIntermediateDirectories: true)
        let before = names
        let expected = [
            "leftover .1.notes.json.X.partial", "trash .trash-7-X", "checkpoints test/walk/1",
            "interrupted test/walk/2",
            "notes 9.notes.json",
        ]
        let shown = await Call(folder, "runs", "gc", "--json")
        #expect(items(shown) == expected, "\(shown.output)")
        #expect(names == before)
        #expect(await Call(folder, "runs", "gc").output.contains("do it with --delete"))
        let deleted = await Call(folder, "runs", "gc", "--delete", "--json")
        #expect(items(deleted) == expected)
        #expect(names == ["1", "1.notes.json", "3", "4", "4.notes.json", "5"])
        #expect(try workspace.index.select(RunQuery()).count == 4)
        #expect(await Call(folder, "runs", "verify", "test/walk/1").status == 0)
        #expect(await Call(folder, "runs", "gc").output == "nothing to delete\n")
        lock.finish()
    }

    @Test func sealedRunsGoOnlyWhenAskedForAndRead() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        _ = await Call(folder, "train", "test/walk", "--smoke", "--seed", "2")
        _ = await Call(folder, "train", "test/walk", "--smoke", "--seed", "3")
        _ = await Call(folder, "train", "test/summit", "--input", "walk=test/walk/1")
        _ = await Call(folder, "runs", "tag", "test/walk/2", "--add", "paper")
        #expect(await Call(folder, "runs", "gc", "--days", "0", "--delete").output == "nothing to delete\n")
        let query = ["runs", "gc", "--where", "experiment = test/walk"]
        let shown = await Call(folder, query[0], query[1], query[2], query[3], "--json")
        #expect(items(shown) == ["sealed test/walk/3"])
        let kept = (shown.json["kept"] as? [[String: String]])?.map { "\($0["run"] ?? ""): \($0["reason"] ?? "")" }
        #expect(kept == ["test/walk/1: another run reads it", "test/walk/2: it is tagged paper"])
        let deleted = await Call(folder, query[0], query[1], query[2], query[3], "--delete")
        #expect(deleted.output.contains("deleted"))
        #expect(names == ["1", "2", "2.notes.json"])
        #expect(await Call(folder, "reproduce", "test/summit/1").status == 0)
        #expect(await Call(folder, "runs", "gc", "--where", "colour = red").status == 64)
    }

    @Test func aRunThatComesToLifeStays() async throws {
        _ = await Call(folder, "train", "test/walk", "--smoke")
        try interrupted(2, days: 40)
        let garbage = try workspace.garbage(olderThan: 86_400)
        let item = try #require(garbage.items.first)
        let lock = try LineWriter(workspace.folder("test/walk", 2).appending(path: RunFiles.log), lock: true)
        #expect(try !workspace.delete(item))
        lock.finish()
        try RunNotes.change(besides: workspace.folder("test/walk", 2)) { $0.tags = ["wait"] }
        #expect(try !workspace.delete(item))
        #expect(names == ["1", "2", "2.notes.json"])
    }
}
