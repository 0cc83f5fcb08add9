import Foundation
import Testing

@testable import LabDomain

@Suite("Media descriptions")
struct MediaDescriptionsTests {
    func texts(_ json: String) throws -> [String] {
        try JSONDecoder().decode(MediaDescriptions.self, from: Data(json.utf8)).texts
    }

    @Test(
        "are read in the shapes that exports have",
        arguments: [
            (#""a dog""#, ["a dog"]), (#"["a dog","snow"]"#, ["a dog", "snow"]), ("null", []), ("[]", []), ("{}", []),
            (#"["a dog",null,""," "]"#, ["a dog"]), (#"{"alt":"a dog"}"#, ["a dog"]),
            // Mastodon's media_attachments; the second has none.
            (
                #"[{"id":"1","type":"image","description":"a dog","meta":{"focus":{"x":0}}},{"id":"2","description":null}]"#,
                ["a dog"]
            ),
            // X: entities of API 2 and of an archive.
            (#"[{"media_key":"3_1","type":"photo","alt_text":"a dog"},{"media_key":"3_2","type":"photo"}]"#, ["a dog"]),
            (#"[{"id":7,"ext_alt_text":"a dog"}]"#, ["a dog"]),
            // Bluesky's embeds: images, a film, images beside a quoted post, a link's card.
            (
                #"{"$type":"app.bsky.embed.images","images":[{"alt":"a dog","image":{"size":9}},{"alt":"","image":{}}]}"#,
                ["a dog"]
            ),
            (#"{"$type":"app.bsky.embed.video","alt":"a dog runs","video":{"size":9}}"#, ["a dog runs"]),
            (#"{"record":{"cid":"b"},"media":{"images":[{"alt":"a dog"},{"alt":"snow"}]}}"#, ["a dog", "snow"]),
            (#"{"external":{"uri":"http://a.b","title":"t","description":"d"}}"#, []),
            (#"{"alt":"a dog","caption":"a dog"}"#, ["a dog"]), (#"{"caption":"c","alt":"a"}"#, ["a", "c"]),
        ])
    func shapes(json: String, wanted: [String]) throws {
        #expect(try texts(json) == wanted)
    }

    @Test(
        "are nothing else",
        arguments: [
            "7", "true", "1.5", "[7]", "[true]", #"[["a"]]"#, #"{"alt":7}"#, #"[{"alt":["a"]}]"#,
            #"{"description":{"text":"a"}}"#, #"{"images":7}"#, "[", "\"a",
        ])
    func others(json: String) {
        #expect(throws: DecodingError.self) { try texts(json) }
    }

    @Test("are nested only as far as embeds are, whatever a source sends")
    func depth() throws {
        let nested = { (depth: Int) in
            String(repeating: #"{"media":"#, count: depth) + #""a dog""# + String(repeating: "}", count: depth)
        }
        #expect(try texts(nested(3)) == ["a dog"])
        for depth in [9, 100, 400, 5_000] { #expect(throws: DecodingError.self) { try texts(nested(depth)) } }
    }

    @Test(
        "are one text in a table's field, or a list in JSON",
        arguments: [
            ("a dog", ["a dog"]), (#"["a dog","snow"]"#, ["a dog", "snow"]), (#" [{"alt":"a dog"}] "#, ["a dog"]),
            ("[a dog]", ["[a dog]"]), ("[1]", ["[1]"]), ("{", ["{"]), ("", []), (" ", []), ("[]", []), ("7", ["7"]),
            ("\"a dog\"", ["\"a dog\""]), ("null", ["null"]),
        ])
    func cells(cell: String, wanted: [String]) {
        let read = MediaDescriptions(cell: cell)
        #expect(read.texts == wanted)
        #expect(MediaDescriptions(cell: read.cell) == read)
    }

    /// A small linear congruential generator: the cases are the same each time.
    struct Draws {
        var state: UInt64

        mutating func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
    }

    @Test("Whatever stands in a field, reading ends, and what was read is read again alike", arguments: 0..<30)
    func fuzz(seed: Int) throws {
        let pieces = [
            "[", "]", "{", "}", ",", ":", "\"", "\"a dog\"", "\"alt\":", "\"images\":", "\"media\":",
            "\"description\":",
            "null", "true", "7", "1e999", "\\", "\\ud83d", "\\u0000", "\u{0}", "\u{FEFF}", "é", "😀", "\u{202E}", " ",
            "\n",
        ]
        var draws = Draws(state: UInt64(seed))
        for _ in 0..<200 {
            let field = (0..<draws.next(14)).map { _ in pieces[draws.next(pieces.count)] }.joined()
            let read = MediaDescriptions(cell: field)
            #expect(MediaDescriptions(cell: read.cell) == read, "\(field)")
            #expect(read.texts.allSatisfy { $0.contains { !$0.isWhitespace } })
            if let decoded = try? JSONDecoder().decode(MediaDescriptions.self, from: Data(field.utf8)) {
                let again = try JSONDecoder().decode(MediaDescriptions.self, from: JSONEncoder().encode(decoded))
                #expect(again == decoded, "\(field)")
            }
            let bytes = Data((0..<draws.next(20)).map { _ in UInt8(draws.next(256)) })
            _ = try? JSONDecoder().decode(MediaDescriptions.self, from: Data("[\"".utf8) + bytes + Data("\"]".utf8))
        }
    }
}
