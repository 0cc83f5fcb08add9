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
