/// Which steps a post is put through; each can be switched by itself.
public struct NormalisationSettings: Hashable, Codable, Sendable {
    /// HTML entities (`&amp;`) and escapes of JSON (`\u2019`, `\n`, `\"`), as exported corpora hold them, become characters.
    public var decodesEscapes = true
    /// Unicode NFC; control, zero-width and direction marks go; white space becomes one space, none at the ends.
    public var composes = true
    /// Names of users become `@user`.
    public var masksUsers = true
    /// Addresses become `http`.
    public var masksAddresses = true
    /// Numbers become `0`.
    public var masksNumbers = false
    /// A letter that stands three times or more in a row stands twice, a mark such as `!` three times at most.
    public var shortensRepeats = true
    /// `#ThrowbackThursday` becomes `Throwback Thursday`.
    public var splitsHashtags = true
    /// `idk` becomes `I don't know`; English.
    public var expandsSlang = false
    /// `:-)` becomes `smiling face`.
    public var namesEmoticons = true
    /// An emoji becomes its name in the post's language, if names are there; one without a name stays.
    public var namesEmoji = true

    public init() {}

    /// For encoders that were trained on prose, such as MiniLM.
    public static let encoder = NormalisationSettings()

    /// For n-gram models, which learn hashtags, emoji and emoticons as they are.
    public static let ngrams: NormalisationSettings = {
        var settings = NormalisationSettings()
        settings.shortensRepeats = false
        settings.splitsHashtags = false
        settings.namesEmoticons = false
        settings.namesEmoji = false
        return settings
    }()

    /// The text stays as it is.
    public static let none: NormalisationSettings = {
        var settings = ngrams
        settings.decodesEscapes = false
        settings.composes = false
        settings.masksUsers = false
        settings.masksAddresses = false
        return settings
    }()
}
