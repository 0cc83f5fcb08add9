import Foundation

/// What a source says about the images and films of one post, in any of the shapes that exports have.
///
/// A text; a list of texts; an object or a list of objects. Of an object every text counts that stands under `alt` (Bluesky),
/// `alt_text` and `ext_alt_text` (X), `description` (Mastodon), `accessibility_caption` (Instagram) or `caption`, and what
/// stands under `images` or `media`, as in Bluesky's embeds; an object without any of these is an image of which nothing is
/// said. So is null, and a text of white space.
public struct MediaDescriptions: Hashable, Sendable {
    /// In the source's order, not cleaned.
    public let texts: [String]

    public init(_ texts: [String]) {
        self.texts = texts.filter { $0.contains { !$0.isWhitespace } }
    }

    /// Reads a field of a table: a list or an object where it is one in JSON, one text otherwise.
    public init(cell: String) {
        let start = cell.first { !$0.isWhitespace }
        if start == "[" || start == "{",
            let read = try? JSONDecoder().decode(MediaDescriptions.self, from: Data(cell.utf8))
        {
            self = read
        } else {
            self.init([cell])
        }
    }

    /// The list in JSON, which `init(cell:)` reads again.
    public var cell: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}

extension MediaDescriptions: Codable {
    /// Throws `DecodingError` for numbers, flags, lists in lists, and for anything but a text under a key for texts.
    public init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            var texts: [String] = []
            while !list.isAtEnd { texts += try list.decode(DescribedMedia.self).texts }
            self.init(texts)
        } else {
            self.init(try DescribedMedia(from: decoder).texts)
        }
    }

    public func encode(to encoder: any Encoder) throws { try texts.encode(to: encoder) }
}

/// One image or film of a post.
private struct DescribedMedia: Decodable {
    private enum Key: String, CodingKey, CaseIterable {
        case alt
        case altText = "alt_text"
        case extendedAltText = "ext_alt_text"
        case description
        case accessibilityCaption = "accessibility_caption"
        case caption
        case images
        case media
    }

    /// Embeds lie in embeds twice at most; hostile input could nest them as deep as the stack.
    private static let deepest = 8

    var texts: [String] = []

    init(from decoder: any Decoder) throws {
        if let value = try? decoder.singleValueContainer() {
            if value.decodeNil() { return }
            if let text = try? value.decode(String.self) {
                texts = [text]
                return
            }
        }
        let object = try decoder.container(keyedBy: Key.self)
        for key in Key.allCases {
            switch key {
            case .images, .media:
                guard decoder.codingPath.count < Self.deepest else {
                    throw DecodingError.dataCorruptedError(forKey: key, in: object, debugDescription: "nested too deep")
                }
                texts += try object.decodeIfPresent(MediaDescriptions.self, forKey: key)?.texts ?? []
            default:
                // Some exports give the same text under two keys.
                if let text = try object.decodeIfPresent(String.self, forKey: key), !texts.contains(text) {
                    texts.append(text)
                }
            }
        }
    }
}
