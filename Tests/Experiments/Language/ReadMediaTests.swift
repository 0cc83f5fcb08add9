import Foundation
import LabDomain
import LabLanguage
import LabRuns
import LabStorage
import LabTestKit
import Testing

@testable import LabExperiments

@Suite("Reading posts with media")
struct ReadMediaTests {
    /// Descriptions of images and films are read with the text, from the command line as from JSON Lines.
    @Test(.enabled(if: TaskWorkspace.isPulled("langid-176"), "labctl data pull langid-176"))
    func mediaAreReadWithTheText() async throws {
        let workspace = try TaskWorkspace()
        let place = workspace.place
        let trained = await place.labctl(["train", "language/emotion"] + workspace.settings)
        #expect(trained.status == 0, "\(trained.errors)")
        struct Report: Decodable {
            struct Post: Decodable {
                let text: String
                let media: [String]?
                let language: IdentifiedLanguage
                let readings: [TextReading]
            }
            let posts: [Post]
        }
        func read(_ arguments: String...) async throws -> [Report.Post] {
            let read = await place.labctl(["read"] + arguments + ["--json"])
            #expect(read.status == 0, "\(read.errors)")
            return try JSONDecoder().decode(Report.self, from: Data(read.output.utf8)).posts
        }
        let described = try await read("look at this", "--alt", "a dog in the snow", "--alt", "What a day!")
        #expect(
            described.map(\.text) == ["look at this"] && described[0].media == ["a dog in the snow", "What a day!"])
        let joined = try await read("look at this Media: a dog in the snow. Media: What a day!")
        #expect(described[0].readings == joined[0].readings && joined[0].media == nil)
        let plain = try await read("look at this")
        #expect(plain[0].readings[0].probabilities != joined[0].readings[0].probabilities)
        let picture = try await read("--alt", "a dog in the snow that nobody saw before")
        #expect(
            picture[0].text == "" && picture[0].language.code == "en" && !picture[0].readings[0].doubts.contains(.empty)
        )

        try workspace.write(
            [
                #"{"text":"look at this","media":[{"alt":"a dog in the snow"},{"alt":"What a day!"}]}"#,
                #"{"id":7,"text":"look at this","language":"de-AT","alt_text":null}"#,
                #"{"captions":["a dog in the snow that nobody saw before"],"language":"und"}"#,
            ], to: "posts.jsonl")
        let lines = try await read("--file", workspace.data.appending(path: "posts.jsonl").path)
        #expect(lines.map(\.readings) == [described[0].readings, plain[0].readings, picture[0].readings])
        #expect(lines[1].language == IdentifiedLanguage(code: "de", confidence: 1))
        #expect(lines[2].language == picture[0].language)

        for arguments in [["--alt", "a dog", "--file", "x.txt"], ["a", "b", "--alt", "a dog"], []] {
            #expect(await place.labctl(["read"] + arguments).status == 64)
        }
        for (line, message) in [
            (#"{"text":"a","media":7}"#, "line 2"), (#"{"text":7}"#, "line 2"), (#"{"note":"a"}"#, "no \"text\""),
            ("a post", "not valid JSON"),
        ] {
            try workspace.write([#"{"text":"fine"}"#, line], to: "posts.jsonl")
            let refused = await place.labctl("read", "--file", workspace.data.appending(path: "posts.jsonl").path)
            #expect(refused.status == 65 && refused.errors.contains(message), "\(line): \(refused.errors)")
        }
    }
}
