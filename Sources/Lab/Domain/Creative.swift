/// What an ad does: the creative kinds among which a policy chooses.
public enum CreativeKind: Int, Codable, Sendable, CaseIterable, Hashable {
    case inform = 0
    case empathise = 1
    case promote = 2

    /// The name used in tables and files.
    public var name: String {
        switch self {
        case .inform: "inform"
        case .empathise: "empathise"
        case .promote: "promote"
        }
    }
}

/// One finished ad text for one platform, checked against that platform's limits.
public struct Creative: Hashable, Codable, Sendable, Identifiable {
    public let id: String
    public let kind: CreativeKind
    public let platform: Platform
    /// The reading it is written for.
    public let sentiment: Sentiment
    public let headline: String
    public let body: String
    public let callToAction: String
    /// Whether a language model wrote it, so that it can be marked.
    public let aiGenerated: Bool
    /// What made it: template or model with version.
    public let origin: String

    public init(
        id: String, kind: CreativeKind, platform: Platform, sentiment: Sentiment, headline: String, body: String,
        callToAction: String, aiGenerated: Bool, origin: String
    ) {
        self.id = id
        self.kind = kind
        self.platform = platform
        self.sentiment = sentiment
        self.headline = headline
        self.body = body
        self.callToAction = callToAction
        self.aiGenerated = aiGenerated
        self.origin = origin
    }
}

/// Says whether a text may be shown: a gate of `LabCreative` or a vendor.
public protocol Moderator: Sendable {
    /// The reasons against the text; empty means that it may be shown.
    func objections(to text: String) throws -> [String]
}
