import Foundation
import LabLanguage
import LabRuns
import LabStorage

/// Labelled texts with where they come from.
public struct SourcedTexts: Sendable {
    public var texts: LabelledTexts
    /// What was read: a dataset's part, or the name of a file or folder with a digest, as no dataset of the run covers it.
    public var source: String
    /// What was set aside, by reason.
    public var setAside: [String: Int] = [:]

    /// What is not also among `others`; how much was set aside is kept.
    func without(_ others: Set<String>, because reason: String) -> SourcedTexts {
        let kept = texts.texts.indices.filter { !others.contains(texts.texts[$0]) }
        guard kept.count < texts.count else { return self }
        var result = self
        result.texts = texts.gathering(kept)
        result.setAside[reason, default: 0] += texts.count - kept.count
        return result
    }

    /// Whether there is a folder at a path.
    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: URL(filePath: path).path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    /// A split of TweetEval.
    static func published(_ task: LanguageTask, _ split: String, _ run: Run) throws -> SourcedTexts {
        let dataset = try run.dataset("tweeteval")
        let folder = try folder(
            of: dataset,
            [
                "\(task.rawValue)/\(split)_text.txt", "\(task.rawValue)/\(split)_labels.txt",
                "\(task.rawValue)/mapping.txt",
            ])
        return SourcedTexts(texts: try task.read(folder, split: split), source: "tweeteval \(task.rawValue)/\(split)")
    }

    /// The tweets of SemEval-2013 to 2016 that may be trained on.
    static func sentimentPool(_ run: Run) throws -> SourcedTexts {
        let years = [
            "2013dev", "2013test", "2013train", "2014sarcasm", "2014test", "2015test", "2015train", "2016dev",
            "2016devtest", "2016test", "2016train",
        ]
        let pool = try folder(of: run.dataset("semeval2017-4a"), years.map { "twitter-\($0)-A.tsv" })
        let held = ["val", "test"]
        let tweetEval = try folder(of: run.dataset("tweeteval"), held.map { "sentiment/\($0)_text.txt" })
        let umsab = try folder(of: run.dataset("umsab"), held.map { "english/\($0)_text.txt" })
        let read = try SentimentPool.read(
            pool, tweetEval: tweetEval.deletingLastPathComponent(), umsab: umsab.deletingLastPathComponent())
        return SourcedTexts(
            texts: read.tweets, source: "semeval2017-4a",
            setAside: Dictionary(read.counts.map { ($0.key.rawValue, $0.value) }) { $0 + $1 })
    }

    /// The folder of files of a dataset, each verified.
    private static func folder(of dataset: Dataset, _ files: [String]) throws -> URL {
        let urls = try files.map { try dataset.file($0) }
        return urls[0].deletingLastPathComponent()
    }

    /// A part of texts that somebody names: a folder in TweetEval's layout or in SemEval's, or a CSV, TSV or JSON Lines file as a whole.
    ///
    /// - Parameters:
    ///   - segment: of a file, the column of a text's group; of a folder, `<split>_segments.txt` has it.
    ///   - classes: names that a file's classes must be among and that a folder's must be; `nil` takes those it has. A folder
    ///     without `mapping.txt` has these, or the task's own.
    static func named(
        _ path: String, split: String, task: LanguageTask, label: String, segment: String? = nil, classes: [String]?
    ) throws -> SourcedTexts {
        let url = URL(filePath: path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw StorageError.notFound(path: url.path) }
        guard isFolder(path) else {
            let texts = try LabelledTexts.read(file: url, classes: classes, label: label, segment: segment)
            let digest = try Digest.sha256(file: url)
            return SourcedTexts(texts: texts, source: "\(url.lastPathComponent) (SHA-256 \(digest))")
        }
        let below = url.appending(path: task.rawValue)
        let folder = FileManager.default.fileExists(atPath: below.path) ? below : url
        let tweets = task == .sentiment ? try LabelledTexts.semEval(folder: folder, split: split) : nil
        let texts =
            try tweets
            ?? LabelledTexts.read(folder: folder, split: split, unnamed: classes ?? task.classes, segmented: true)
        if let classes, texts.classes != classes {
            throw LanguageError.unknownName(
                kind: "class of this reader", name: texts.classes.first { !classes.contains($0) } ?? "in this order",
                known: classes)
        }
        var lines = texts.texts.joined(separator: "\n") + texts.labels.map(String.init).joined(separator: " ")
        if let segments = texts.segments { lines += "\n" + segments.joined(separator: "\n") }
        let what = texts.segments == nil ? "texts and labels" : "texts, labels and segments"
        let name = "\(folder.lastPathComponent) \(split)"
        return SourcedTexts(texts: texts, source: "\(name) (\(what) SHA-256 \(Digest.sha256(lines)))")
    }
}
