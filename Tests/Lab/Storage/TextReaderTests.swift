import Foundation
import Testing

@testable import LabStorage

@Suite struct CSVReaderTests {
    private func records(_ text: String, separator: Character = ",") throws -> [CSVRecord] {
        let scratch = try Scratch()
        let reader = try CSVReader(try scratch.write(text, to: "a.csv"), separator: separator)
        var records: [CSVRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test func readsWhatTheStandardAllows() throws {
        #expect(try records("").isEmpty)
        #expect(try records("\n\r\n").isEmpty)
        #expect(try records("a,b") == [CSVRecord(line: 1, fields: ["a", "b"])])
        #expect(
            try records("\u{FEFF}a,b\r\n,\r\n") == [
                CSVRecord(line: 1, fields: ["a", "b"]), CSVRecord(line: 2, fields: ["", ""]),
            ])
        #expect(
            try records("\"a,\"\"b\"\"\",\"two\nlines\"\r\nc, d \n") == [
                CSVRecord(line: 1, fields: ["a,\"b\"", "two\nlines"]), CSVRecord(line: 3, fields: ["c", " d "]),
            ])
        #expect(try records("ü\t\"\"\t😀\n", separator: "\t") == [CSVRecord(line: 1, fields: ["ü", "", "😀"])])
    }

    @Test func mistakesAreNamedWithTheirLineAndReadingGoesOn() throws {
        let scratch = try Scratch()
        let text = "a,b\nc\"d,e\n\"x\"y,z\nfine,1\n\"open,2\nmore"
        let url = try scratch.write(text, to: "a.csv")
        let reader = try CSVReader(url)
        #expect(try reader.next()?.fields == ["a", "b"])
        #expect(
            throws: StorageError.malformedRecord(
                file: url.path, line: 2, reason: "a quote inside an unquoted field")
        ) { try reader.next() }
        #expect(
            throws: StorageError.malformedRecord(file: url.path, line: 3, reason: "text follows a closing quote")
        ) { try reader.next() }
        #expect(try reader.next()?.fields == ["fine", "1"])
        #expect(
            throws: StorageError.malformedRecord(
                file: url.path, line: 5, reason: "the quote opened on line 5 is never closed")
        ) { try reader.next() }
        #expect(try reader.next() == nil)
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
        let scratch = try Scratch()
        try Data([97, 44, 0xFF, 10, 98, 44, 99, 10]).write(to: scratch.file("a.csv"))
        let reader = try CSVReader(scratch.file("a.csv"))
        #expect(throws: StorageError.self) { try reader.next() }
        #expect(try reader.next()?.fields == ["b", "c"])
    }

    @Test func recordsLongerThanABlockAreRead() throws {
        let long = String(repeating: "größer ", count: 200_000)
        #expect(try records("\"\(long)\",1\nx,2\n").map(\.fields) == [[long, "1"], ["x", "2"]])
    }

    @Test func tablesKnowTheirColumns() throws {
        let scratch = try Scratch()
        let url = try scratch.write("id,text\n1,a\n2\n3,c\n", to: "a.csv")
        let table = try CSVTable(url)
        #expect(try table.index(of: "text") == 1)
        #expect(
            throws: StorageError.missingColumn(
                file: url.path, column: "txet", nearest: "text", present: ["id", "text"])
        ) { try table.index(of: "txet") }
        #expect(try table.next()?.fields == ["1", "a"])
        #expect(
            throws: StorageError.malformedRecord(
                file: url.path, line: 3, reason: "1 fields where the header has 2")
        ) { try table.next() }
        #expect(try table.next()?.fields == ["3", "c"])
        #expect(throws: StorageError.self) { try CSVTable(try scratch.write("a,a\n", to: "b.csv")) }
        #expect(throws: StorageError.self) { try CSVTable(try scratch.write("", to: "c.csv")) }
    }
}

@Suite struct JSONLinesReaderTests {
    private struct Post: Decodable, Equatable {
        var id: String
        var rating: Double
    }

    @Test func readsLinesAndNamesMistakes() throws {
        let scratch = try Scratch()
        let url = try scratch.write(
            "\u{FEFF}{\"id\":\"a\",\"rating\":1}\r\n\n{\"id\":\"b\"}\n{\"id\":\n{\"id\":\"c\",\"rating\":2}",
            to: "a.jsonl")
        let reader = try JSONLinesReader(url)
        #expect(try reader.next() == Post(id: "a", rating: 1))
        #expect(throws: StorageError.malformedRecord(file: url.path, line: 3, reason: "no \"rating\"")) {
            try reader.next(Post.self)
        }
        #expect(throws: StorageError.malformedRecord(file: url.path, line: 4, reason: "not valid JSON")) {
            try reader.next(Post.self)
        }
        #expect(try reader.next() == Post(id: "c", rating: 2))
        #expect(try reader.next(Post.self) == nil)
        #expect(reader.line == 5)
    }
}

@Suite struct NearestNameTests {
    @Test func findsSmallMistakesOnly() {
        let names = ["learningRate", "batchSize", "gamma"]
        #expect(NearestName.of("learningrate", among: names) == "learningRate")
        #expect(NearestName.of("gmama", among: names) == "gamma")
        #expect(NearestName.of("batch", among: names) == nil)
        #expect(NearestName.of("", among: names) == nil)
    }
}
