public import Foundation

/// Texts, each with any number of classes.
public struct MultiLabelTexts: Sendable, Hashable {
    /// Names in the order of their numbers.
    public let classes: [String]
    public let texts: [String]
    /// The classes of each text, as places in `classes`.
    public let labels: [[Int]]

    public var count: Int { texts.count }

    /// Reads a split in the layout of GoEmotions: `<split>.tsv` with text, numbers between commas and an id, `labels.txt` with a
    /// name a line.
    ///
    /// Source: Demszky, Movshovitz-Attias, Ko, Cowen, Nemade and Ravi, "GoEmotions", ACL 2020.
    /// - Throws: `LanguageError.unknownLabel` with the line, `.badTextFile`, `StorageError.noSuchObject` for a missing file.
    public static func read(folder: URL, split: String) throws -> MultiLabelTexts {
        let names = try TextFile.lines(folder.appending(path: "labels.txt")).map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }.filter { !$0.isEmpty }
        let file = folder.appending(path: "\(split).tsv")
        var texts: [String] = []
        var labels: [[Int]] = []
        for (index, line) in try TextFile.lines(file).enumerated() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3 else {
                throw LanguageError.badTextFile(
                    file: file.lastPathComponent, line: index + 1,
                    reason: "it has \(fields.count) fields instead of text, labels and id")
            }
            texts.append(String(fields[0]))
            labels.append(
                try fields[1].split(separator: ",").map { word in
                    guard let place = Int(word), names.indices.contains(place) else {
                        throw LanguageError.unknownLabel(
                            String(word.prefix(40)), file: file.lastPathComponent, line: index + 1, known: names)
                    }
                    return place
                })
        }
        return MultiLabelTexts(classes: names, texts: texts, labels: labels)
    }
}
