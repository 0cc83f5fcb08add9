public import Foundation

/// A post after it was validated, cleaned and pseudonymised: what `LabStreams` hands on.
public struct Post: Hashable, Codable, Sendable, Identifiable {
    /// Stable within its dataset; carries no raw identifier of a person.
    public let id: String
    public let author: CustomerID
    public let platform: Platform
    /// Cleaned text in Unicode NFC; user names and addresses are masked as `@user` and `http`.
    public let text: String
    /// BCP 47 tag where the source states one.
    public let language: String?
    /// UTC; `nil` where the source carries no time.
    public let time: Date?
    /// Alternative texts and captions of the post's images and films, cleaned and masked like the text, none of them empty.
    ///
    /// A post without a text has at least one.
    public let mediaDescriptions: [String]

    public init(
        id: String, author: CustomerID, platform: Platform, text: String, language: String? = nil, time: Date? = nil,
        mediaDescriptions: [String] = []
    ) {
        self.id = id
        self.author = author
        self.platform = platform
        self.text = text
        self.language = language
        self.time = time
        self.mediaDescriptions = mediaDescriptions
    }

    /// What the post says, as readers read it; see `PostText.textWithMedia`.
    public var textWithMedia: String { PostText(text, mediaDescriptions: mediaDescriptions).textWithMedia }
}

extension Post {
    private enum CodingKeys: CodingKey {
        case id, author, platform, text, language, time, mediaDescriptions
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try fields.decode(String.self, forKey: .id),
            author: try fields.decode(CustomerID.self, forKey: .author),
            platform: try fields.decode(Platform.self, forKey: .platform),
            text: try fields.decode(String.self, forKey: .text),
            language: try fields.decodeIfPresent(String.self, forKey: .language),
            time: try fields.decodeIfPresent(Date.self, forKey: .time),
            mediaDescriptions: try fields.decodeIfPresent([String].self, forKey: .mediaDescriptions) ?? [])
    }

    /// Without descriptions the key is left out: what was encoded before there were any keeps its digest.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(author, forKey: .author)
        try fields.encode(platform, forKey: .platform)
        try fields.encode(text, forKey: .text)
        try fields.encodeIfPresent(language, forKey: .language)
        try fields.encodeIfPresent(time, forKey: .time)
        if !mediaDescriptions.isEmpty { try fields.encode(mediaDescriptions, forKey: .mediaDescriptions) }
    }
}
