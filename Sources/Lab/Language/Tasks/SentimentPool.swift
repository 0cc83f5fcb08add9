public import Foundation

/// The training tweets of SemEval-2017's sentiment task without what is held out for validation and test.
///
/// TweetEval's own training file holds the same tweets. A tweet is set aside, with its reason, where its number or its text
/// occurred before, or where its text is that of a held-out one, exactly or nearly. Texts are compared after users,
/// addresses, entities, escapes, space and case are normalised; nearly the same are two of four words or more that share four
/// fifths of all their different words (Jaccard's index).
public struct SentimentPool: Sendable {
    /// Why a tweet is not trained on.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case repeatedNumber = "its number occurred before"
        case repeatedText = "its text occurred before"
        case heldOut = "its text is held out"
        case nearlyHeldOut = "four fifths of its words are those of a held-out text"
    }

    /// A tweet that was set aside.
    public struct SetAside: Sendable, Hashable, Codable {
        public let file: String
        /// Counted from 1.
        public let line: Int
        public let reason: Reason
        /// The set that holds the text out.
        public let heldOutBy: String?
    }

    /// Texts that must not be trained on.
    public struct HeldOut: Sendable {
        public let name: String
        public let texts: [String]

        public init(name: String, texts: [String]) {
            self.name = name
            self.texts = texts
        }
    }

    public let tweets: LabelledTexts
    public let setAside: [SetAside]

    /// How many tweets went for each reason.
    public var counts: [Reason: Int] { Dictionary(grouping: setAside, by: \.reason).mapValues(\.count) }

    /// Reads all `.tsv` files of `folder` in the order of their names.
    ///
    /// - Throws: `LanguageError.unknownLabel`, `.badTextFile`, `.noExamples`; `StorageError`.
    public static func read(_ folder: URL, without heldOut: [HeldOut]) throws -> SentimentPool {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw TextFile.missing(folder) ?? LanguageError.noExamples(what: "in \(folder.path)")
        }
        let files = names.filter { $0.hasSuffix(".tsv") }.sorted()
        guard !files.isEmpty else { throw LanguageError.noExamples(what: "in \(folder.path): it has no .tsv file") }
        let fingerprint = try Fingerprinter()
        var exact: [String: String] = [:]
        var words: [(words: [String], name: String)] = []
        for set in heldOut {
            for print in set.texts.map(fingerprint.callAsFunction) {
                if exact[print.normalised] == nil { exact[print.normalised] = set.name }
                if print.hasEnoughWords { words.append((print.words, set.name)) }
            }
        }
        let near = NearTexts(words, least: 0.8)
        var tweets = LabelledTexts(classes: SemEvalTweets.classes)
        var setAside: [SetAside] = []
        var numbers: Set<String> = []
        var texts: Set<String> = []
        for file in files {
            for tweet in try SemEvalTweets.read(folder.appending(path: file)) {
                let print = fingerprint(tweet.text)
                var found: (Reason, String?)?
                if !numbers.insert(tweet.id).inserted {
                    found = (.repeatedNumber, nil)
                } else if let name = exact[print.normalised] {
                    found = (.heldOut, name)
                } else if print.hasEnoughWords, let name = near.name(near: print.words) {
                    found = (.nearlyHeldOut, name)
                } else if !texts.insert(print.normalised).inserted {
                    found = (.repeatedText, nil)
                }
                if let (reason, name) = found {
                    setAside.append(SetAside(file: file, line: tweet.line, reason: reason, heldOutBy: name))
                } else {
                    tweets.append(tweet.text, label: tweet.label)
                }
            }
        }
        return SentimentPool(tweets: tweets, setAside: setAside)
    }

    /// Reads the pool without the validation and test tweets of TweetEval's sentiment task and of UMSAB's English part.
    ///
    /// - Parameters:
    ///   - tweetEval: the folder with TweetEval's tasks.
    ///   - umsab: the folder with UMSAB's languages; `nil` where it is not at hand.
    /// - Throws: as `read(_:without:)`.
    public static func read(_ folder: URL, tweetEval: URL, umsab: URL?) throws -> SentimentPool {
        var heldOut: [HeldOut] = []
        for split in ["val", "test"] {
            let file = tweetEval.appending(path: "sentiment/\(split)_text.txt")
            heldOut.append(HeldOut(name: "tweeteval/sentiment/\(split)", texts: try TextFile.lines(file)))
            if let umsab {
                let file = umsab.appending(path: "english/\(split)_text.txt")
                heldOut.append(HeldOut(name: "umsab/english/\(split)", texts: try TextFile.lines(file)))
            }
        }
        return try read(folder, without: heldOut)
    }
}
