public import Foundation

extension FilePostSource {
    /// The 4,200 tweets of Hutto and Gilbert (2014): number, mean of 20 human ratings from -4 to 4, text.
    ///
    /// One published copy has a header line, the other has not; both read the same.
    public static func vaderTweets(_ file: URL) throws -> FilePostSource {
        let positional = ColumnMap(
            format: .tsv, text: "#3", id: "#1", rating: "#2", identifiers: .serial)
        let plain = try FilePostSource(file, map: positional)
        let firstLine = plain.content.prefix { $0 != 0x0A }
        let fields = String(decoding: firstLine, as: UTF8.self).split(separator: "\t")
        guard fields.count >= 3, Double(fields[1]) == nil else { return plain }
        var named = positional
        named.id = String(fields[0])
        named.rating = String(fields[1])
        named.text = fields[2].trimmingCharacters(in: .newlines)
        return try FilePostSource(file, map: named)
    }

    /// The posts that were written for this project, with labels given by their writers: no person stands behind them.
    public static func labPosts(_ file: URL) throws -> FilePostSource {
        try FilePostSource(
            file,
            map: ColumnMap(
                format: .jsonl, text: "text", id: "id", language: "language", rating: "rating", identifiers: .serial))
    }
}

extension FilePostSource {
    /// Posts as JSON lines under the field names of `RawPost`, the form in which a user's own dataset is kept.
    ///
    /// Columns that the file lacks are simply absent; post identifiers are taken to lead to people.
    public static func posts(_ file: URL) throws -> FilePostSource {
        try FilePostSource(
            file,
            map: ColumnMap(
                format: .jsonl, text: "text", id: "id", author: "author", platform: "platform", language: "language",
                time: "time", rating: "rating", label: "label", media: "media"))
    }

    /// Number of physical lines, for progress.
    public var lineCount: Int {
        content.withUnsafeBytes { bytes in
            let breaks = bytes.count { $0 == 0x0A }
            return breaks + (bytes.isEmpty || bytes.last == 0x0A ? 0 : 1)
        }
    }
}
