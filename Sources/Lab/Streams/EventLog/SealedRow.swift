import Foundation
import LabDomain
import LabPrivacy

/// What a post's row says, as one sealed text in the column `text`.
///
/// The columns of the rest are empty then. In clear stay the pseudonyms of post and author, split, group, line and digest,
/// the last two keyed: by them rows are found and counted, and nothing is read off them.
struct SealedRow: Codable {
    var language: String?
    /// Descriptions of images and films; left out where there are none.
    var media: [String]?
    var platform: Platform
    var rating: Double?
    var text: String
    /// Seconds since 1970.
    var time: Double?

    static func context(_ id: String) -> String { "post/\(id)" }

    /// The post as it is written.
    static func seal(_ logged: LoggedPost, in vault: CustomerVault) throws -> LoggedPost {
        let post = logged.post
        let row = SealedRow(
            language: post.language, media: post.mediaDescriptions.isEmpty ? nil : post.mediaDescriptions,
            platform: post.platform, rating: logged.rating, text: post.text,
            time: post.time?.timeIntervalSince1970)
        let encoder = JSONEncoder()
        // Equal rows must give equal bytes.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let sealed = try vault.seal(
            String(decoding: try encoder.encode(row), as: UTF8.self), customer: post.author, context: context(post.id))
        return LoggedPost(
            post: Post(id: post.id, author: post.author, platform: .unknown, text: sealed, language: nil, time: nil),
            rating: nil, split: logged.split, group: logged.group)
    }

    /// The post as it was.
    ///
    /// Throws `PrivacyError.erased` for a customer who is gone, and others for what cannot be opened.
    static func open(_ logged: LoggedPost, in vault: CustomerVault) throws -> LoggedPost {
        let post = logged.post
        let text = try vault.open(post.text, customer: post.author, context: context(post.id))
        let row = try JSONDecoder().decode(SealedRow.self, from: Data(text.utf8))
        return LoggedPost(
            post: Post(
                id: post.id, author: post.author, platform: row.platform, text: row.text, language: row.language,
                time: row.time.map(Date.init(timeIntervalSince1970:)), mediaDescriptions: row.media ?? []),
            rating: row.rating, split: logged.split, group: logged.group)
    }
}
