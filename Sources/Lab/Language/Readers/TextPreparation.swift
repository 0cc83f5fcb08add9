/// How a text is written before an encoder's tokeniser cuts it.
public struct TextPreparation: Sendable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// As it is.
        case none
        /// For encoders that were trained on plain prose: emoji and emoticons as words, users and addresses as marks.
        case encoder
    }

    public let kind: Kind
    private let normaliser: PostNormaliser?

    /// As it is.
    public static let none = TextPreparation(kind: .none, normaliser: nil)

    /// With the names of emoji.
    public static func encoder(_ names: EmojiNames) -> TextPreparation {
        TextPreparation(kind: .encoder, normaliser: PostNormaliser(.encoder, emoji: names))
    }

    fileprivate init(kind: Kind, normaliser: PostNormaliser?) {
        self.kind = kind
        self.normaliser = normaliser
    }

    public func prepare(_ text: String) -> String { normaliser?.normalise(text).text ?? text }
}
