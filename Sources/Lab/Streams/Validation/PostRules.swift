import Foundation

/// What a raw post must fulfil to enter the event log.
public struct PostRules: Hashable, Codable, Sendable {
    /// Longest text in characters, before cleaning; a description of an image or film may be as long.
    public var longestText = 5000
    /// Earliest and latest time, in seconds since 1970; by default 1990 to 2100.
    public var earliestTime = 631_152_000.0
    public var latestTime = 4_102_444_800.0
    /// Whether a record without identifier is set aside; otherwise its line number stands in.
    public var requiresID = true

    /// Most descriptions of images and films of one post.
    static let mostDescriptions = 100

    public init() {}

    /// The checked text before cleaning.
    func text(of post: RawPost) throws(Rejection) -> String {
        guard let text = post.text else {
            // An image of which something is said needs no text beside it.
            if !post.mediaDescriptions.isEmpty { return "" }
            throw .emptyText
        }
        return try checked(text)
    }

    /// The checked descriptions of images and films before cleaning.
    func mediaDescriptions(of post: RawPost) throws(Rejection) -> [String] {
        guard post.mediaDescriptions.count <= Self.mostDescriptions else { throw .badMedia }
        for description in post.mediaDescriptions { _ = try checked(description) }
        return post.mediaDescriptions
    }

    private func checked(_ text: String) throws(Rejection) -> String {
        // Counting characters of megabytes is slow; a text has at least as many bytes as characters.
        guard text.utf8.count <= longestText || text.count <= longestText else { throw .tooLong }
        guard !PostRules.holdsControlCharacters(text) else { throw .controlCharacters }
        return text
    }

    /// UTC time from ISO 8601 or from seconds since 1970.
    func time(of post: RawPost) throws(Rejection) -> Date? {
        guard let written = post.time else { return nil }
        guard let time = Double(written).map(Date.init(timeIntervalSince1970:)) ?? PostRules.isoTime(written),
            time.timeIntervalSince1970 >= earliestTime, time.timeIntervalSince1970 <= latestTime
        else { throw .badTime }
        return time
    }

    /// A rating from -4 to 4; a class name stands for -2, 0 or 2.
    func rating(of post: RawPost) throws(Rejection) -> Double? {
        switch post.rating ?? post.label {
        case nil: return nil
        case "negative": return -2
        case "neutral": return 0
        case "positive": return 2
        case .some(let written):
            guard let rating = Double(written), (-4...4).contains(rating) else { throw .badRating }
            return rating
        }
    }

    /// C0 and C1 controls except tab and line breaks, and the scalars that Unicode reserves as no characters.
    static func holdsControlCharacters(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0x00...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: true
            default: scalar.value & 0xFFFE == 0xFFFE
            }
        }
    }

    private static func isoTime(_ text: String) -> Date? {
        let format = Date.ISO8601FormatStyle()
        return (try? format.parse(text)) ?? (try? format.year().month().day().parse(text))
            ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
    }
}
