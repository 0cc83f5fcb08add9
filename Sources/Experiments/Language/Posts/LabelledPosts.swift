import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

/// Posts with the class that people gave them.
struct LabelledPosts {
    var posts: [Post] = []
    /// Mean human rating from -4 to 4.
    var ratings: [Double] = []
    /// Place in `Sentiment.allCases`.
    var labels: [Int] = []
    var splits: [TextSplit] = []
    /// Posts that were left out because their author was erased; `nil` where the log is in clear.
    var erased: Int?

    var count: Int { posts.count }
    /// What is read of them: the text and what is said about images and films.
    var texts: [String] { posts.map(\.textWithMedia) }

    init() {}

    /// The rated posts of an event log; those without a rating are left out, and those of
    /// customers who were erased.
    init(_ log: EventLog, _ thresholds: SentimentThresholds) throws {
        let readable = try log.read()
        if log.isSealed { erased = readable.erased.count }
        for logged in readable.posts {
            guard let rating = logged.rating else { continue }
            posts.append(logged.post)
            ratings.append(rating)
            labels.append(thresholds.sentiment(rating).rawValue)
            splits.append(logged.split)
        }
    }

    /// Places of the posts of one split.
    func places(_ split: TextSplit) -> [Int] { splits.indices.filter { splits[$0] == split } }

    /// - Throws: `LanguageError.noExamples`, `.missingClass` unless every class occurs in every split that is needed.
    func requireEveryClass(in needed: [TextSplit]) throws {
        for split in needed {
            let present = Set(places(split).map { labels[$0] })
            guard !present.isEmpty else { throw LanguageError.noExamples(what: "with a rating in the \(split) split") }
            for sentiment in Sentiment.allCases where split == .train && !present.contains(sentiment.rawValue) {
                throw LanguageError.missingClass(sentiment.name)
            }
        }
    }
}
