public import Foundation

extension LabelledTexts {
    /// Reads a split in TweetEval's layout: `<split>_text.txt` with a text a line, `<split>_labels.txt` with a number a line,
    /// `mapping.txt` with number, tab and name.
    ///
    /// A folder without the split's files but with folders that have them, as TweetEval's stance has one a target, gives all of
    /// them in the order of their names; their `mapping.txt` may stand above them.
    ///
    /// Source: Barbieri, Camacho-Collados, Espinosa-Anke and Neves, "TweetEval", Findings of EMNLP 2020.
    /// - Parameters:
    ///   - names: the classes where there is no `mapping.txt`, as in UMSAB; `nil` makes that an error.
    ///   - segmented: whether `<split>_segments.txt`, with a segment a line, is read where it exists.
    /// - Throws: `LanguageError.linesDiffer`, `.unknownLabel`, `.badTextFile`; `StorageError.noSuchObject` with the nearest
    ///   name for a missing file, `.notFound` for a missing folder.
    public static func read(
        folder: URL, split: String, unnamed names: [String]? = nil, segmented: Bool = false
    ) throws -> LabelledTexts {
        let texts = folder.appending(path: "\(split)_text.txt")
        guard let missing = TextFile.missing(texts) else {
            return try read(
                folder: folder, split: split, classes: classes(of: folder, unnamed: names), segmented: segmented)
        }
        let parts = targets(of: folder, split: split)
        guard !parts.isEmpty else { throw missing }
        var all = LabelledTexts(classes: try classes(of: parts[0], unnamed: names))
        for part in parts {
            all.append(try read(folder: part, split: split, classes: all.classes, segmented: segmented))
        }
        return all
    }

    /// The folders below `folder` that hold texts of the split.
    private static func targets(of folder: URL, split: String) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { folder.appending(path: $0) }.filter {
            FileManager.default.fileExists(atPath: $0.appending(path: "\(split)_text.txt").path)
        }
    }

    private static func read(
        folder: URL, split: String, classes: [String], segmented: Bool
    ) throws -> LabelledTexts {
        let textFile = folder.appending(path: "\(split)_text.txt")
        let labelFile = folder.appending(path: "\(split)_labels.txt")
        let segmentFile = folder.appending(path: "\(split)_segments.txt")
        let texts = try TextFile.lines(textFile)
        let labels = try self.labels(labelFile, classes: classes)
        let segments = segmented && TextFile.missing(segmentFile) == nil ? try TextFile.lines(segmentFile) : nil
        for (file, count) in [(labelFile, labels.count), (segmentFile, segments?.count ?? texts.count)]
        where count != texts.count {
            throw LanguageError.linesDiffer(
                texts: textFile.lastPathComponent, textLines: texts.count, labels: file.lastPathComponent,
                labelLines: count)
        }
        return LabelledTexts(classes: classes, texts: texts, labels: labels, segments: segments)
    }

    /// Reads a file with a class a line, as its number or its name: labels, or a model's predictions.
    ///
    /// - Throws: `LanguageError.unknownLabel` with the line, `.badTextFile`, `StorageError`.
    public static func labels(_ file: URL, classes: [String]) throws -> [Int] {
        let places = Dictionary(zip(classes, classes.indices)) { first, _ in first }
        return try TextFile.lines(file).enumerated().map { index, line in
            let word = line.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let place = Int(word) ?? places[word], classes.indices.contains(place) else {
                throw LanguageError.unknownLabel(
                    String(word.prefix(40)), file: file.lastPathComponent, line: index + 1, known: classes)
            }
            return place
        }
    }

    /// The names in `mapping.txt` of the folder, or of the one above it.
    static func classes(of folder: URL, unnamed names: [String]? = nil) throws -> [String] {
        let own = folder.appending(path: "mapping.txt")
        let above = folder.deletingLastPathComponent().appending(path: "mapping.txt")
        if TextFile.missing(own) == nil { return try mapping(own) }
        if TextFile.missing(above) == nil { return try mapping(above) }
        return try names ?? mapping(own)
    }

    private static func mapping(_ file: URL) throws -> [String] {
        var names: [String] = []
        for (index, line) in try TextFile.lines(file).enumerated() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            if fields.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            guard fields.count > 1, Int(fields[0]) == names.count, !fields[1].isEmpty else {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: index + 1,
                    reason: "it is not the number \(names.count), a tab and a name")
            }
            names.append(fields[1].trimmingCharacters(in: .whitespacesAndNewlines))
        }
        guard names.count > 1, Set(names).count == names.count else {
            throw LanguageError.badTextFile(
                file: file.lastPathComponent, line: names.count, reason: "a task has two classes or more, all different"
            )
        }
        return names
    }
}
