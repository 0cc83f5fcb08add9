import Foundation
import LabDomain
import Testing

/// The committed labelled posts keep what their data card promises.
@Suite struct LabPostsTests {
    struct Aspect: Decodable {
        let term: String
        let polarity: String
    }

    struct LabelledPost: Decodable {
        let id: String
        let text: String
        let language: String
        let sentiment: String
        let rating: Int
        let emotion: Emotion
        let aspects: [Aspect]
        let intent: String
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "datasets/lab-posts")
    let posts: [LabelledPost]

    init() throws {
        let lines = try String(contentsOf: Self.folder.appending(path: "posts.jsonl"), encoding: .utf8)
            .split(separator: "\n")
        posts = try lines.map { try JSONDecoder().decode(LabelledPost.self, from: Data($0.utf8)) }
    }

    @Test func labelsAreOfTheirKinds() {
        let intents: Set = [
            "complaint", "question", "praise", "purchase_intent", "cancellation", "recommendation", "statement",
        ]
        let sentiments = Set(Sentiment.allCases.map(\.name))
        for (index, post) in posts.enumerated() {
            #expect(post.id == "lp-" + String(String(10001 + index).dropFirst()))
            #expect((-4...4).contains(post.rating))
            #expect(post.sentiment == (post.rating < 0 ? "negative" : post.rating > 0 ? "positive" : "neutral"))
            #expect(intents.contains(post.intent))
            #expect((1...140).contains(post.text.count), "\(post.id)")
            #expect(post.text == post.text.precomposedStringWithCanonicalMapping)
            for aspect in post.aspects {
                #expect(post.text.contains(aspect.term), "\(post.id): \(aspect.term)")
                #expect(sentiments.contains(aspect.polarity))
            }
        }
    }

    @Test func countsAreThoseOfTheDataCard() throws {
        func counts(_ key: (LabelledPost) -> String) -> [String: Int] {
            Dictionary(grouping: posts, by: key).mapValues(\.count)
        }
        let card = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        let columns: [(String, [String: Int])] = [
            ("language", counts(\.language)), ("sentiment", counts(\.sentiment)),
            ("emotion", counts(\.emotion.rawValue)),
            ("intent", counts(\.intent)),
            ("rating", counts { String($0.rating).replacing("-", with: "\u{2212}") }),
        ]
        for (name, found) in columns {
            let row = try #require(card.split(separator: "\n").first { $0.hasPrefix("| \(name) | ") })
            let stated = row.dropFirst("| \(name) | ".count).dropLast(2).split(separator: ", ").map { entry in
                entry.split(separator: " ")
            }
            #expect(stated.count == found.count)
            for entry in stated { #expect(found[String(entry[0])] == Int(entry[1]), "\(name) \(entry)") }
        }
        #expect(posts.count >= 640)
        #expect(Set(posts.map(\.emotion)).count == Emotion.allCases.count)
    }

    /// No text twice, and none that is nearly another: shared five-letter shingles stay below 0.3 (Jaccard).
    @Test func textsAreDistinct() {
        let shingles = posts.map { post -> Set<Int> in
            let letters = Array(post.text.lowercased().unicodeScalars.filter(\.properties.isAlphabetic).map(\.value))
            return Set(
                letters.indices.dropLast(4).map { start in
                    letters[start..<start + 5].reduce(0) { ($0 &* 1_000_003) &+ Int($1) }
                })
        }
        for right in shingles.indices {
            for left in 0..<right {
                let smaller = min(shingles[left].count, shingles[right].count)
                let larger = max(shingles[left].count, shingles[right].count)
                // Too different in length to be that similar.
                guard Double(smaller) >= 0.3 * Double(larger) else { continue }
                let common = shingles[left].intersection(shingles[right]).count
                #expect(
                    Double(common) < 0.3 * Double(smaller + larger - common), "\(posts[left].id) \(posts[right].id)")
            }
        }
    }
}
