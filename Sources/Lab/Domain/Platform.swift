/// Where a post was read or an ad is shown.
public enum Platform: String, Codable, Sendable, CaseIterable, Hashable {
    case x
    case facebook
    case instagram
    case linkedin
    case tiktok
    case google
    case email
    /// The source names no platform.
    case unknown
}
