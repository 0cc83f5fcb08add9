import Foundation
import GRDB
import LabDomain
import LabStorage
import Testing

@testable import LabWorkbench

@Suite struct UserDataTests {
    private let map = """
        name: mine
        separator: ";"
        columns: {id: nr, text: body, time: at, label: mood, rating: stars}
        labels: {":(": negative}
        licence: our own
        commercial-use: true
        """
    private let table = """
        nr;body;at;mood;stars;more
        1;"Lovely; really";2024-05-01 10:00:00;:);4.5;x
        2;So so;2024-05-01T12:00:00+02:00;;;x
        3;;2024-05-01;:(;1;x
        4;Bad;yesterday;:(;1;x
        5;Bad;1714557600;:(;one;x
        1;Again;2024-05-02;:);2;x
        6;too;few
        7;So so;1714557600;:(;-2;x
        """

    private func add(_ scratch: DataScratch, table: String? = nil, map: String? = nil, file: String = "Posts.csv")
        throws
        -> (profile: DatasetProfile, catalogue: DatasetCatalogue)
    {
        let catalogue = DatasetCatalogue(workspace: scratch.url)
        let csv = try scratch.write(table ?? self.table, to: file)
        let yaml = try scratch.write(map ?? self.map, to: "map.yaml")
        let profile = try UserData(workspace: scratch.url, catalogue: catalogue).add(csv, map: try UserMap.read(yaml))
        return (profile, catalogue)
    }

    @Test func rowsAreKeptAndBadOnesSetAside() throws {
        let scratch = try DataScratch()
        let (profile, catalogue) = try add(scratch)
        #expect(profile.rows == 3 && profile.rejected == 5)
        #expect(profile.rejectedLines == [4, 5, 6, 7, 8])
        #expect(
            Set(profile.reasons.map(\.value)) == [
                "text is empty", "time is in no known form", "rating is not a number", "its id was there before",
                "3 fields where the header has 6",
            ])
        #expect(profile.labels == [.init(value: ":)", count: 1), .init(value: "negative", count: 1)])
        #expect(profile.repeatedTexts == 1)
        let rating = try #require(profile.columns.first { $0.meaning == "rating" })
        #expect(rating.nulls == 1 && rating.distinct == 2 && rating.least == "-2.0" && rating.greatest == "4.5")
        let time = try #require(profile.columns.first { $0.meaning == "time" })
        #expect(time.least == "2024-05-01T10:00:00Z")

        #expect(try catalogue.status(of: "mine").state == .present)
        let rows = try String(contentsOf: catalogue.file("mine", "rows.jsonl"), encoding: .utf8)
        #expect(
            rows == """
                {"id":"1","label":":)","rating":4.5,"text":"Lovely; really","time":"2024-05-01T10:00:00Z"}
                {"id":"2","text":"So so","time":"2024-05-01T10:00:00Z"}
                {"id":"7","label":"negative","rating":-2,"text":"So so","time":"2024-05-01T10:00:00Z"}

                """)
        let queue = try SQLite.open(catalogue.folder(of: "mine").appendingPathComponent("data.sqlite"), readOnly: true)
        let quarantined = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM quarantine") }
        #expect(quarantined == 5)
        #expect(scratch.contents(".lab/data") == ["mine"])
        #expect(try catalogue.manifest("mine").commercialUse)
    }

    @Test func jsonLinesAreRead() throws {
        let scratch = try DataScratch()
        let (profile, catalogue) = try add(
            scratch, table: "{\"t\":\"hi\",\"n\":1}\n{\"t\":2,\"n\":null}\n[1]\n", map: "columns: {text: t, reward: n}",
            file: "my-log.jsonl")
        #expect(profile.name == "my-log" && profile.rows == 2 && profile.rejectedLines == [3])
        let rows = try String(contentsOf: catalogue.file("my-log", "rows.jsonl"), encoding: .utf8)
        #expect(rows == "{\"id\":\"line-1\",\"reward\":1,\"text\":\"hi\"}\n{\"id\":\"line-2\",\"text\":\"2\"}\n")
    }

    /// Exports leave out the key of what a post has nothing of.
    @Test func descriptionsOfMediaAreKept() throws {
        let lines = """
            {"t":"hi"}
            {"t":"look","embed":{"images":[{"alt":"a dog","image":{}},{"alt":""}]}}
            {"embed":["a dog","snow"]}
            {"t":"so","embed":7}
            {"embed":{"images":[{"alt":""}]}}
            {"t":"again","embed":"[\\"no list\\"]"}
            """
        let rows = """
            {"id":"line-1","text":"hi"}
            {"id":"line-2","media":["a dog"],"text":"look"}
            {"id":"line-3","media":["a dog","snow"]}
            {"id":"line-6","media":["[\\"no list\\"]"],"text":"again"}

            """
        let scratch = try DataScratch()
        let (profile, catalogue) = try add(
            scratch, table: lines, map: "name: pictures\ncolumns: {text: t, media: embed}", file: "pictures.jsonl")
        #expect(try String(contentsOf: catalogue.file("pictures", "rows.jsonl"), encoding: .utf8) == rows)
        #expect(profile.rejectedLines == [4, 5] && profile.repeatedTexts == 0)
        #expect(
            profile.reasons.map(\.value).sorted() == ["media is neither text nor a list of texts", "text is empty"])
        let column = try #require(profile.columns.first { $0.meaning == "media" })
        #expect(column.nulls == 1 && column.distinct == 3)
        #expect {
            try add(scratch, table: lines, map: "name: none\ncolumns: {text: t, media: embeds}", file: "none.jsonl")
        } throws: { error in
            guard case StorageError.missingColumn(_, "embeds", _, _) = error else { return false }
            return true
        }
    }

    @Test func descriptionsOfMediaInATableAreOneTextOrAList() throws {
        let scratch = try DataScratch()
        let table = "t,alt\nhi,a dog\n,\"[\"\"a dog\"\",{\"\"alt\"\":\"\"snow\"\"}]\"\nho,\n,\n"
        let (profile, catalogue) = try add(
            scratch, table: table, map: "name: pictures\ncolumns: {text: t, media: alt}", file: "pictures.csv")
        #expect(
            try String(contentsOf: catalogue.file("pictures", "rows.jsonl"), encoding: .utf8) == """
                {"id":"line-2","media":["a dog"],"text":"hi"}
                {"id":"line-3","media":["a dog","snow"]}
                {"id":"line-4","text":"ho"}

                """)
        #expect(profile.rejectedLines == [5])
    }

    @Test func aColumnThatIsNotThereIsNamedWithTheNearest() throws {
        let scratch = try DataScratch()
        #expect {
            try add(scratch, map: map.replacingOccurrences(of: "body", with: "boddy"))
        } throws: { error in
            guard case StorageError.missingColumn(_, "boddy", "body", _) = error else { return false }
            return true
        }
        #expect(scratch.contents(".lab/data").isEmpty && scratch.contents("datasets").isEmpty)
    }

    @Test(arguments: [
        ("colums: {text: a}", "columns"), ("columns: {txt: a}", "text"), ("columns: {id: a}", "text or action"),
        ("columns: [", "not YAML"), ("just text", "no keys"), ("columns: {text: a}\nformat: xls", "xls"),
        ("columns: {text: a}\nseparator: ab", "one ASCII"),
    ])
    func wrongMapsAreExplained(map: String, words: String) throws {
        let scratch = try DataScratch()
        #expect {
            try UserMap.read(try scratch.write(map, to: "map.yaml"))
        } throws: { error in
            guard let error = error as? StorageError, case .invalidMap = error else { return false }
            return error.what.contains(words) && error.status == .usage
        }
    }

    @Test(arguments: [
        ("nr;body;at;mood;stars\n", "nothing after"), ("nr;body;at;mood;stars\n1;;;;\n2;;;;\n", "2 × text"),
    ])
    func aFileWithoutUsableRowsIsNoDataset(table: String, words: String) throws {
        let scratch = try DataScratch()
        #expect {
            try add(scratch, table: table)
        } throws: { error in
            guard let error = error as? StorageError, case .noUsableRows = error else { return false }
            return error.what.contains(words) && error.status == .badData
        }
        #expect(scratch.contents(".lab/data").isEmpty && scratch.contents("datasets").isEmpty)
    }

    @Test func anExistingDatasetIsNotReplacedUnasked() throws {
        let scratch = try DataScratch()
        let (_, catalogue) = try add(scratch)
        #expect(throws: StorageError.datasetExists(name: "mine")) { try add(scratch) }
        let other = try scratch.write("nr;body;at;mood;stars\n1;new;;;\n", to: "Posts.csv")
        let profile = try UserData(workspace: scratch.url, catalogue: catalogue).add(
            other, map: try UserMap.read(scratch.url.appendingPathComponent("map.yaml")), replacing: true)
        #expect(profile.rows == 1)
        #expect(try catalogue.status(of: "mine").state == .present)
        #expect(throws: StorageError.self) { try add(scratch, map: "name: vader-tweets\ncolumns: {text: body}") }
        #expect(throws: StorageError.self) { try add(scratch, map: "name: ../up\ncolumns: {text: body}") }
    }
}
