import Foundation
import LabDomain

extension Ingest {
    /// A record that passed validation and was cleaned; identifiers are still the source's own.
    struct Draft {
        var id: String
        var author: String?
        var platform: Platform
        var language: String?
        var time: Date?
        var text: String
        var mediaDescriptions: [String]
        var rating: Double?
    }

    func check(_ record: SourceRecord) throws(Rejection) -> Draft {
        let raw = try record.content.get()
        guard let id = raw.id ?? (rules.posts.requiresID ? nil : "line \(record.line)") else { throw .missingID }
        let text = cleaner.clean(try rules.posts.text(of: raw))
        let media = try rules.posts.mediaDescriptions(of: raw).map(cleaner.clean).filter { !$0.isEmpty }
        guard !text.isEmpty || !media.isEmpty else { throw .emptyText }
        return Draft(
            id: id, author: raw.author, platform: platform(raw.platform), language: raw.language,
            time: try rules.posts.time(of: raw), text: text, mediaDescriptions: media,
            rating: try rules.posts.rating(of: raw))
    }

    private func platform(_ name: String?) -> Platform {
        guard let name = name?.lowercased() else { return .unknown }
        return name == "twitter" ? .x : Platform(rawValue: name) ?? .unknown
    }
}
