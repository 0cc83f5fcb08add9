import Foundation
import Testing

@testable import LabDomain

@Suite("Post")
struct PostTests {
    static func post(_ text: String, _ media: [String] = []) -> Post {
        Post(
            id: "p1", author: CustomerID(rawValue: "c1"), platform: .x, text: text, language: "en",
            time: Date(timeIntervalSinceReferenceDate: 0), mediaDescriptions: media)
    }

    func encoded(_ post: Post) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(post), as: UTF8.self)
    }

    @Test("without descriptions its JSON is what it was before there were any, and that is read")
    func older() throws {
        let json = #"{"author":"c1","id":"p1","language":"en","platform":"x","text":"hi","time":0}"#
        #expect(try encoded(Self.post("hi")) == json)
        #expect(try JSONDecoder().decode(Post.self, from: Data(json.utf8)) == Self.post("hi"))
        let least = #"{"author":"c1","id":"p1","platform":"x","text":"hi"}"#
        let read = try JSONDecoder().decode(Post.self, from: Data(least.utf8))
        #expect(try encoded(read) == least && read.mediaDescriptions == [])
    }

    @Test("with descriptions it is the same after a trip through JSON")
    func roundTrip() throws {
        for post in [Self.post("hi", ["a dog", "snow"]), Self.post("", ["a dog"])] {
            #expect(try JSONDecoder().decode(Post.self, from: Data(try encoded(post).utf8)) == post)
        }
        #expect(try encoded(Self.post("", ["a dog"])).contains(#""mediaDescriptions":["a dog"]"#))
    }

    @Test(
        "is read with a sentence for each description",
        arguments: [
            ("so cute", ["a dog"], "so cute Media: a dog."), ("", ["a dog", "snow"], "Media: a dog. Media: snow."),
            ("hi", [], "hi"), ("", [], ""), ("hi", ["", " \n"], "hi"), (" hi ", [], " hi "),
            (
                "hi", ["A dog.", "Who? ", "雪の犬。", "\"Stop\""],
                "hi Media: A dog. Media: Who? Media: 雪の犬。 Media: \"Stop\"."
            ),
        ])
    func joined(text: String, media: [String], read: String) {
        #expect(Self.post(text, media).textWithMedia == read)
        #expect(PostText(text, mediaDescriptions: media).textWithMedia == read)
    }
}
