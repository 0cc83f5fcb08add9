/// One unit of a post, in the form that features are made of.
public struct Token: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        case word
        /// With its `#`.
        case hashtag
        case emoji
        /// Without its nose: `:-)` is `:)`.
        case emoticon
        /// `@user`, whoever was named.
        case mention
        /// `http`, whatever was linked.
        case address
        /// `0`, whatever the number.
        case number
        case punctuation
    }

    public let kind: Kind
    /// Lower case; a letter repeated more than twice stands twice.
    public let text: String
    /// All letters were capitals, at least two of them.
    public let isShouted: Bool
    /// A letter was repeated more than twice.
    public let isElongated: Bool
    /// A negation stands before it in the same clause.
    public internal(set) var isNegated = false

    init(_ kind: Kind, _ text: String, isShouted: Bool = false, isElongated: Bool = false) {
        self.kind = kind
        self.text = text
        self.isShouted = isShouted
        self.isElongated = isElongated
    }
}
