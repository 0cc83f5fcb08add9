/// Which column of a source means what.
///
/// A column is named by its header, or by position as `#1`, `#2`, … in files without a header line; in JSON lines it is
/// a key of the object. Only `text` must be given.
public struct ColumnMap: Hashable, Codable, Sendable {
    public enum Format: String, Codable, Sendable, CaseIterable {
        /// Tab between fields, no quoting.
        case tsv
        /// RFC 4180: comma between fields, quotes around those with commas, quotes or line breaks.
        case csv
        /// One JSON object a line.
        case jsonl

        /// By the file name's ending; `.txt` counts as tab-separated.
        public init?(fileName: String) {
            switch fileName.split(separator: ".").last?.lowercased() {
            case "tsv", "txt": self = .tsv
            case "csv": self = .csv
            case "jsonl", "ndjson": self = .jsonl
            default: return nil
            }
        }
    }

    /// `nil`: by the file name's ending.
    public var format: Format?
    public var text: String
    /// Without one, the line number identifies a post.
    public var id: String?
    public var author: String?
    public var platform: String?
    public var language: String?
    public var time: String?
    /// A human rating from -4 to 4, or one of `negative`, `neutral`, `positive`.
    public var rating: String?
    /// Stands in for a missing rating: one of `negative`, `neutral`, `positive`.
    public var label: String?
    /// What is said about a post's images and films: alternative texts, captions.
    ///
    /// Any shape that `MediaDescriptions` reads; in a table one text a field, or a list in JSON.
    public var media: String?
    public var identifiers: IdentifierKind

    public init(
        format: Format? = nil, text: String, id: String? = nil, author: String? = nil, platform: String? = nil,
        language: String? = nil, time: String? = nil, rating: String? = nil, label: String? = nil,
        media: String? = nil, identifiers: IdentifierKind = .personal
    ) {
        self.format = format
        self.text = text
        self.id = id
        self.author = author
        self.platform = platform
        self.language = language
        self.time = time
        self.rating = rating
        self.label = label
        self.media = media
        self.identifiers = identifiers
    }

    /// Each meaning that the map names a column for, in a fixed order.
    var columns: [(field: WritableKeyPath<RawPost, String?>, name: String)] {
        [
            (\.id, id), (\.author, author), (\.platform, platform), (\.language, language), (\.time, time),
            (\.text, text), (\.rating, rating), (\.label, label), (\.media, media),
        ].compactMap { field, name in name.map { (field, $0) } }
    }

    /// Whether columns are named by position, so that the file has no header line.
    public var isPositional: Bool { text.hasPrefix("#") }
}
