import Foundation
import GRDB
import LabExperimentTestKit
import Testing

@testable import LabRuns

/// The index against the folders: whatever happens to either, answers are those of the folders.
@Suite struct RunIndexTests {
    let folder: TemporaryFolder
    let workspace: Workspace
    let launcher: Launcher

    init() throws {
        folder = try TemporaryFolder()
        workspace = Workspace(folder.url)
        launcher = Launcher(workspace: workspace, home: folder.url.appending(path: "home"))
    }

    private func walks(_ count: Int) async throws {
        for seed in 1...UInt64(count) {
            _ = try await launcher.train(Walk.self, configuration: .init(steps: 3 + Int(seed)), seed: seed)
        }
    }

    /// References and means, after a refresh.
    private func answer(_ filter: String? = nil, _ note: @escaping (String) -> Void = { _ in }) throws -> [String] {
        let index = workspace.index
        try index.refresh(note)
        let selection = try index.select(
            RunQuery(filter.map { [try RunFilter($0)] } ?? [], columns: ["figures.mean", "config.steps", "tags"]), note)
        return (0..<selection.count).map { row in
            "\(selection.reference(row)) \(selection[row, "figures.mean"]) \(selection[row, "config.steps"]) "
                + "\(selection[row, "tags"]) \(selection[row, "state"])"
        }
    }

    /// The same from the folders alone.
    private func truth() throws -> [String] {
        try workspace.entries().compactMap { RunFacts(folder: $0.folder) }.map { facts in
            "\(facts["experiment"].text ?? "")/\(Int(facts["number"].number ?? 0)) \(facts["figures.mean"]) "
                + "\(facts["config.steps"]) \(facts["tags"]) \(facts["state"])"
        }
    }

    @Test func itHoldsWhatTheFoldersSay() async throws {
        try await walks(3)
        #expect(try answer() == truth())
        #expect(try answer("config.steps > 4 and metrics.position.count < 6").count == 1)
        let facts = try #require(RunFacts(folder: workspace.folder("test/walk", 2)))
        let points = try workspace.run("test/walk/2").metrics().map(\.value)
        #expect(facts["metrics.position.last"] == .number(points[4]))
        #expect(facts["metrics.position.min"].number == points.min())
        #expect(facts["metrics.position.max"].number == points.max())
        #expect(facts["metrics.position.count"] == .number(5))
        #expect(facts["smoke"] == .bool(false))
        #expect(facts["config.levels"] == .text("[0.5, 0.25]"))
    }

    @Test func whatHappensBehindItsBackIsNoticed() async throws {
        try await walks(4)
        _ = try answer()
        let files = FileManager.default
        // Gone, copied in, replaced under the same number, tagged.
        try files.removeItem(at: workspace.folder("test/walk", 2))
        try files.copyItem(at: workspace.folder("test/walk", 3), to: workspace.folder("test/walk", 9))
        try files.removeItem(at: workspace.folder("test/walk", 4))
        try files.copyItem(at: workspace.folder("test/walk", 1), to: workspace.folder("test/walk", 4))
        try RunNotes.change(besides: workspace.folder("test/walk", 1)) { $0.tags.append("best") }
        let found = try answer()
        #expect(try found == truth())
        #expect(found.count == 4)
        #expect(found[0].contains("best"))
        try files.removeItem(at: workspace.runs.appending(path: "test.walk"))
        #expect(try answer().isEmpty)
    }

    @Test func aRunEditedAfterItsSealIsDamaged() async throws {
        try await walks(3)
        _ = try answer()
        let file = workspace.folder("test/walk", 2).appending(path: RunFiles.record)
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("\"seed\" : 2", with: "\"seed\" : 7").utf8).write(to: file)
        // Inside a sealed run: the answer's runs are looked at when they are confirmed.
        let index = workspace.index
        let before = try index.select(RunQuery())
        #expect(try index.confirm(before))
        let after = try index.select(RunQuery([.states(["damaged"])], columns: ["problem", "id"]))
        #expect(after.count == 1)
        #expect(after.reference(0) == "test/walk/2")
        #expect(after[0, "problem"].text?.contains("run.json") == true)
        // Put right, it is sound again; damaged runs are looked at in every refresh.
        try Data(text.utf8).write(to: file)
        #expect(try answer("state = sealed").count == 3)
    }

    @Test(arguments: ["garbage", "truncated", "empty", "other format", "other schema", "bits", "gone", "folder"])
    func aSpoiledIndexIsMadeAgain(how: String) async throws {
        try await walks(5)
        let before = try answer()
        let file = workspace.index.file
        try spoil(file, how)
        let said = TextCollector()
        #expect(try answer { said.add($0) } == before)
        #expect(try answer("figures.mean is not missing").count == 5)
        switch how {
        case "empty", "gone", "folder": #expect(said.texts.isEmpty)
        case "other format":
            #expect(said.texts == ["the index of the runs has format 99 and is made again in format 1"])
        default:
            #expect(
                said.texts == [
                    "the index of the runs is damaged and is made again; the runs themselves are not touched"
                ])
        }
        for number in 1...5 { try workspace.run("test/walk/\(number)").verify() }
    }

    private func spoil(_ file: URL, _ how: String) throws {
        let database = try IndexDatabase.open(file)
        switch how {
        case "other format": try database.queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        case "other schema": try database.queue.write { try $0.execute(sql: "ALTER TABLE page RENAME TO leaf") }
        default: break
        }
        // What is in the log goes into the file, so that the spoiled bytes are the ones that count.
        try database.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try database.queue.close()
        var data = try Data(contentsOf: file)
        var generator = SplitMix(state: 5)
        switch how {
        case "garbage":
            try replace(file, Data((0..<data.count).map { _ in UInt8.random(in: 0...255, using: &generator) }))
        case "other format", "other schema": try replace(file, data)
        case "truncated": try replace(file, data.prefix(data.count / 2))
        case "empty": try replace(file, Data())
        case "bits":
            // One changed byte in every 64: some of them are values.
            for place in stride(from: 4096, to: data.count, by: 64) { data[place] ^= 0x10 }
            try replace(file, data)
        case "gone": for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + end) }
        case "folder":
            try? FileManager.default.removeItem(at: file.deletingLastPathComponent())
        default: break
        }
    }

    private func replace(_ file: URL, _ data: Data) throws {
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + end) }
        try data.write(to: file, options: .atomic)
    }

    @Test func everyChangedByteIsFoundOrHarmless() async throws {
        try await walks(2)
        let before = try answer()
        let file = workspace.index.file
        try spoil(file, "none")
        let sound = try Data(contentsOf: file)
        var generator = SplitMix(state: 11)
        for _ in 0..<60 {
            var data = sound
            data[Int.random(in: 100..<data.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            try replace(file, data)
            #expect(try answer() == before)
        }
    }

    @Test func aWorkspaceThatCannotBeWrittenIsReadFromItsFolders() async throws {
        try await walks(2)
        let before = try answer()
        // A file in the way of the folder for caches: root may write anywhere else.
        try FileManager.default.removeItem(at: workspace.cache)
        try Data().write(to: workspace.cache)
        #expect(try answer() == before)
        #expect(try answer("seed = 2").count == 1)
        #expect(try workspace.index.rebuild() == nil)
    }

    @Test func aKillWhileWritingLosesNothing() async throws {
        try await walks(6)
        let path = folder.url.path
        for microseconds in [500, 3000, 8000, 20000] {
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, microseconds = microseconds as Int] in
                let index = Workspace(URL(filePath: path)).index
                Thread.detachNewThread {
                    usleep(UInt32(microseconds))
                    kill(getpid(), SIGKILL)
                }
                while true { try index.rebuild() }
            }
            let said = TextCollector()
            #expect(try answer { said.add($0) } == truth())
            #expect(said.texts.isEmpty, "a killed writer leaves a sound file")
        }
    }

    @Test func twoProcessesAndARunningRunAgree() async throws {
        let path = folder.url.path
        async let first: Void = work(path)
        async let second: Void = work(path)
        for _ in 0..<20 { _ = try answer() }
        _ = await (first, second)
        #expect(try answer() == truth())
        #expect(try answer("state = sealed").count == 8)
    }

    private func work(_ path: String) async {
        await #expect(processExitsWith: .success) { [path = path as String] in
            let workspace = Workspace(URL(filePath: path))
            for seed in 1...4 as ClosedRange<UInt64> {
                _ = try await Launcher(workspace: workspace).train(
                    Walk.self, configuration: .init(steps: 30), seed: seed)
                try workspace.index.refresh()
                if seed == 2 { try workspace.index.rebuild() }
            }
        }
    }
}

/// A small generator whose numbers are the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func pick<Choices: Collection>(_ choices: Choices) -> Choices.Element {
        choices[choices.index(choices.startIndex, offsetBy: Int.random(in: 0..<choices.count, using: &self))]
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
