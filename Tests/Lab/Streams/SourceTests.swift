import Foundation
import Testing

@testable import LabStreams

@Suite("Sources")
struct SourceTests {
    func records(_ text: String, _ map: ColumnMap) throws -> [SourceRecord] {
        try records(Data(text.utf8), map)
    }

    func records(_ content: Data, _ map: ColumnMap) throws -> [SourceRecord] {
        var all: [SourceRecord] = []
        try FilePostSource(name: "f", content: content, map: map).forEachRecord { all.append($0) }
        return all
    }

    @Test("Quoted commas, quotes and line breaks belong to a CSV field; line numbers are physical")
    func csv() throws {
        let csv = "id,t\r\n1,\"a, \"\"b\"\"\nc\"\r\n2,plain \"x\"\n3,\n4,a,b\n\n5,\"last\""
        let found = try records(csv, ColumnMap(format: .csv, text: "t", id: "id"))
        #expect(found.map(\.line) == [2, 4, 5, 6, 7, 8])
        #expect(try found[0].content.get().text == "a, \"b\"\nc")
        #expect(try found[1].content.get().text == "plain \"x\"")
        #expect(try found[2].content.get().text == nil)
        #expect(found[3].content == .failure(.wrongFieldCount))
        #expect(found[4].content == .failure(.emptyLine))
        #expect(try found[5].content.get() == RawPost(id: "5", text: "last"))
    }

    @Test("A quote that never closes costs its own line, not the rest of the file")
    func openQuote() throws {
        let found = try records("id,t\n1,\"open\n2,good\n", ColumnMap(format: .csv, text: "t", id: "id"))
        #expect(found.map(\.content) == [.failure(.malformed), .success(RawPost(id: "2", text: "good"))])
    }

    @Test("Tab-separated rows by position; quotes mean nothing there")
    func tsv() throws {
        let found = try records("1\t0.5\t\"a\n2\t-1\n", ColumnMap(format: .tsv, text: "#3", id: "#1", rating: "#2"))
        #expect(
            found.map(\.content) == [
                .success(RawPost(id: "1", text: "\"a", rating: "0.5")), .failure(.wrongFieldCount),
            ])
    }

    @Test("JSON lines: numbers become text, damage becomes a reason")
    func jsonl() throws {
        let lines = "{\"id\":7,\"t\":\"a\",\"r\":1.5}\n{\"id\":\n[1]\n\n{\"t\":[1],\"id\":true}"
        let found = try records(lines, ColumnMap(format: .jsonl, text: "t", id: "id", rating: "r"))
        #expect(
            found.map(\.content) == [
                .success(RawPost(id: "7", text: "a", rating: "1.5")), .failure(.malformed), .failure(.malformed),
                .failure(.emptyLine), .success(RawPost()),
            ])
    }

    @Test("Invalid UTF-8 costs one record in every format", arguments: ColumnMap.Format.allCases)
    func invalidUTF8(format: ColumnMap.Format) throws {
        let bad = Data([0x31, format == .csv ? 0x2C : 0x09, 0xFF, 0x0A])
        let found = try records(
            bad + Data("2".utf8), ColumnMap(format: format, text: format == .jsonl ? "t" : "#2", id: nil))
        #expect(found.count == 2)
        #expect(found[0].content == .failure(.invalidUTF8))
    }

    @Test("Columns that the file lacks are named with those it has")
    func missingColumns() {
        #expect(throws: StreamsError.columnsDoNotFit(source: "f", missing: ["when"], found: ["id", "t"])) {
            _ = try records("id,t\n", ColumnMap(format: .csv, text: "t", id: "id", time: "when"))
        }
        #expect(throws: StreamsError.unknownColumn("#0")) {
            _ = try records("id,t\n", ColumnMap(format: .csv, text: "#2", id: "#0"))
        }
        #expect(throws: StreamsError.unknownFormat(source: "f")) { _ = try records("", ColumnMap(text: "t")) }
        #expect(throws: StreamsError.self) {
            _ = try FilePostSource(URL(filePath: "/nowhere/x.csv"), map: ColumnMap(text: "t"))
        }
    }

    @Test("Any bytes give records that cover every line once", arguments: ColumnMap.Format.allCases, 0..<20)
    func fuzz(format: ColumnMap.Format, seed: Int) throws {
        var noise = TestNoise(seed: seed)
        let alphabet: [UInt8] = [0x22, 0x2C, 0x09, 0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0xFF, 0x00, 0x7B, 0x7D, 0x3A, 0x5C]
        for _ in 0..<50 {
            let bytes = Data((0..<noise.next(60)).map { _ in alphabet[noise.next(alphabet.count)] })
            let map = ColumnMap(format: format, text: format == .jsonl ? "a" : "#2", id: nil)
            let found = try records(bytes, map)
            let lines =
                bytes.split(separator: 0x0A, omittingEmptySubsequences: false).count
                - (bytes.isEmpty || bytes.last == 0x0A ? 1 : 0)
            #expect(Set(found.map(\.line)).count == found.count)
            #expect(found.allSatisfy { (1...max(1, lines)).contains($0.line) })
            if format != .csv { #expect(found.count == lines) }
            // What a record holds of the content, put together again, is the content.
            let held = found.map { $0.bytes.filter { ![0x0A, 0x0D].contains($0) } }.joined()
            #expect(Array(held) == bytes.filter { ![0x0A, 0x0D].contains($0) })
        }
    }
}
