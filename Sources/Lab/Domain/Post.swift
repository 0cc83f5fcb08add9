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

    public init(
        id: String, author: CustomerID, platform: Platform, text: String, language: String? = nil, time: Date? = nil
    ) {
        self.id = id
        self.author = author
        self.platform = platform
        self.text = text
        self.language = language
        self.time = time
    }
}
