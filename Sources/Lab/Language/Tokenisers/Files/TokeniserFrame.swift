/// What the kinds of tokenisers have in common: what stands around a text, and the tokens found in it beforehand.
struct TokeniserFrame: Sendable {
    var prefix: [Int32] = []
    var suffix: [Int32] = []
    var added: [AddedToken] = []

    var largestID: Int { Int((prefix + suffix + added.map(\.id)).max() ?? -1) }
}
