import LabDomain

/// A post in its source's own words: nothing is checked, cleaned or pseudonymised yet.
///
/// It may hold raw identifiers of people, so it lives in memory only and is never written anywhere.
public struct RawPost: Hashable, Sendable {
    public var id: String?
    public var author: String?
    public var platform: String?
    public var language: String?
    public var time: String?
    public var text: String?
    /// A number from -4 to 4, or one of `negative`, `neutral`, `positive`.
    public var rating: String?
    /// Stands in for a missing rating: one of `negative`, `neutral`, `positive`.
    public var label: String?
    /// What is said about the post's images and films.
    public var mediaDescriptions: [String]

    public init(
        id: String? = nil, author: String? = nil, platform: String? = nil, language: String? = nil,
        time: String? = nil, text: String? = nil, rating: String? = nil, label: String? = nil,
        mediaDescriptions: [String] = []
    ) {
        self.id = id
        self.author = author
        self.platform = platform
        self.language = language
        self.time = time
        self.text = text
        self.rating = rating
        self.label = label
        self.mediaDescriptions = mediaDescriptions
    }

    /// The media descriptions as one field of a table; see `MediaDescriptions.init(cell:)`.
    var media: String? {
        get { mediaDescriptions.isEmpty ? nil : MediaDescriptions(mediaDescriptions).cell }
        set { mediaDescriptions = newValue.map { MediaDescriptions(cell: $0).texts } ?? [] }
    }
}

/// One record of a source: what was read, or why it could not be.
public struct SourceRecord: Sendable {
    /// 1-based number of the physical line on which the record starts.
    public let line: Int
    /// The record's bytes without its line ending; the quarantine keeps their digest only.
    public let bytes: [UInt8]
    public let content: Result<RawPost, Rejection>

    public init(line: Int, bytes: [UInt8], content: Result<RawPost, Rejection>) {
        self.line = line
        self.bytes = bytes
        self.content = content
    }
}

/// Whether a source's post identifiers lead to people.
public enum IdentifierKind: String, Codable, Sendable {
    /// A serial number that the dataset's makers gave; kept as it is.
    case serial
    /// Anything else, a platform's own post number for example: replaced by a pseudonym.
    case personal
}

/// Where posts come from: a file, later a network stream.
public protocol PostSource: Sendable {
    /// For people: a file's name without its folder.
    var name: String { get }
    /// SHA-256 of the whole content, in hexadecimal: under it the event log remembers how far it came.
    var digest: String { get }
    var identifiers: IdentifierKind { get }
    /// Calls `body` once a record, in the source's order; the same content gives the same records every time.
    func forEachRecord(_ body: (SourceRecord) throws -> Void) throws
}
