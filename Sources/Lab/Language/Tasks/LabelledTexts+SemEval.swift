public import Foundation

extension LabelledTexts {
    /// Reads a split in the layout of SemEval's task A on sentiment: `twitter-<split>-A.tsv` with number, class and tweet a line.
    ///
    /// Source: Rosenthal, Farra and Nakov, "SemEval-2017 Task 4: Sentiment Analysis in Twitter", SemEval 2017.
    /// - Returns: `nil` where the folder holds no file of that layout.
    /// - Throws: `LanguageError.unknownName` with the splits there are; `.unknownLabel` and `.badTextFile` with the line.
    public static func semEval(folder: URL, split: String) throws -> LabelledTexts? {
        let (before, after) = ("twitter-", "-A.tsv")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let splits = files.filter {
            $0.hasPrefix(before) && $0.hasSuffix(after) && $0.count > before.count + after.count
        }
        .map { String($0.dropFirst(before.count).dropLast(after.count)) }.sorted()
        guard !splits.isEmpty else { return nil }
        guard splits.contains(split) else {
            throw LanguageError.unknownName(kind: "split", name: split, known: splits)
        }
        let tweets = try SemEvalTweets.read(folder.appending(path: before + split + after))
        return LabelledTexts(
            classes: SemEvalTweets.classes, texts: tweets.map(\.text), labels: tweets.map(\.label), segments: nil)
    }
}
