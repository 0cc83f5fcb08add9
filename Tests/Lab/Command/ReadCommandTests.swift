import Foundation
import LabDomain
import LabLanguage
import LabRuns
import LabStorage
import Testing

@testable import LabCommand

@Suite("labctl read: what it is given")
struct ReadCommandTests {
    func withFile<T>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(bytes).write(to: folder.appending(path: name))
        return try body(folder.appending(path: name).path)
    }

    func lines(_ text: String, in name: String = "posts.jsonl") throws -> [PostLine] {
        try withFile(name, Array(text.utf8)) { try PostLines.read($0) }
    }

    @Test("A text file has one post a line, whatever stands there")
    func plain() throws {
        let found = try lines("{\"text\":\"a\"}\n\nb\n", in: "posts.txt")
        #expect(found == ["{\"text\":\"a\"}", "", "b"].map { PostLine(PostText($0)) })
    }

    @Test(
        "In JSON Lines descriptions of media have any of four names and every shape; a language counts if it says one")
    func objects() throws {
        let found = try lines(
            """
            {"text":"a","id":7,"language":"EN-us","media":[{"alt":"m"}]}

            {"text":"","alt":"x","alt_text":["y"],"captions":{"caption":"z"}}
            {"captions":"z","language":"und"}
            {"text":"b","media":null,"language":null}
            {"text":"c","language":""}
            """)
        #expect(
            found == [
                PostLine(PostText("a", mediaDescriptions: ["m"]), language: "en"),
                PostLine(PostText("", mediaDescriptions: ["x", "y", "z"])),
                PostLine(PostText("", mediaDescriptions: ["z"])), PostLine(PostText("b")), PostLine(PostText("c")),
            ])
        #expect(try lines("{\"text\":\"a\"}", in: "a.NDJSON") == [PostLine(PostText("a"))])
    }

    @Test(
        "What is no post in JSON is named with its line",
        arguments: ["b", "{\"note\":1}", "{\"text\":7}", "{\"text\":\"b\",\"alt\":7}", "{\"alt\":\"\"}", "[\"b\"]"])
    func bad(line: String) {
        #expect {
            try lines("{\"text\":\"a\"}\n\(line)\n")
        } throws: { error in
            guard case StorageError.malformedRecord(_, 2, _) = error else { return false }
            return true
        }
    }

    @Test("Empty, invalid and missing files are refused")
    func files() throws {
        #expect(throws: LanguageError.self) { try lines("") }
        #expect(throws: LanguageError.self) { try lines("\n\n") }
        #expect(throws: StorageError.self) { try PostLines.read("/nowhere/posts.jsonl") }
        for bytes: [UInt8] in [[0xFF], Array("{\"text\":\"".utf8) + [0xFF, 0x22, 0x7D], [0, 1, 2]] {
            #expect(throws: StorageError.self) { try withFile("posts.jsonl", bytes) { try PostLines.read($0) } }
        }
    }

    @Test(
        "Descriptions go with one post, or with none",
        arguments: [["--alt", "a", "--file", "x"], ["a", "b", "--alt", "c"], []])
    func usage(arguments: [String]) async {
        let console = RecordingConsole()
        let status = await LabCommand.execute(["read"] + arguments, registry: Registry(), console: console.console)
        #expect(status == 64, "\(console.errors)")
    }

    @Test("A report has descriptions only where a post has some")
    func report() throws {
        let language = IdentifiedLanguage(code: "en", confidence: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        func json(_ said: PostText) throws -> String {
            String(decoding: try encoder.encode(ReadPost(said, language: language, readings: [])), as: UTF8.self)
        }
        let rest = #""language":{"code":"en","confidence":1},"#
        #expect(try json(PostText("hi")) == "{\(rest)\"readings\":[],\"text\":\"hi\"}")
        let described = PostText("hi", mediaDescriptions: ["a dog"])
        #expect(try json(described) == "{\(rest)\"media\":[\"a dog\"],\"readings\":[],\"text\":\"hi\"}")
        let report = ReadReport(runs: [], posts: [ReadPost(described, language: language, readings: [])])
        #expect(report.table.rows[0][0] == "hi Media: a dog.")
    }
}
