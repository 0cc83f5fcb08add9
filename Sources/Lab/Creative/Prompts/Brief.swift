/// What is advertised: facts only, so that a text can be checked against them.
public struct Brief: Hashable, Codable, Sendable {
    public var brand: String
    /// What is sold, with its article where grammar needs one: "the tea box".
    public var product: String
    /// Whole clauses that are true, beginning in lower case: "every tin carries its harvest date".
    public var facts: [String]
    /// What `promote` may offer, as a clause: "the first refill tin is free".
    public var offer: String
    /// What `empathise` may say beside nothing for sale.
    public var kindness: [String]
    /// How the brand speaks.
    public var voice: String

    public init(
        brand: String, product: String, facts: [String], offer: String, kindness: [String], voice: String
    ) {
        self.brand = brand
        self.product = product
        self.facts = facts
        self.offer = offer
        self.kindness = kindness
        self.voice = voice
    }

    /// An invented brand for examples and the loop.
    public static let example = Brief(
        brand: "Fernhill", product: "the tea box",
        facts: [
            "every tin carries its harvest date", "six loose teas come in one box", "the tins can be refilled",
            "a small farm grows the leaves", "brewing times are printed on the lid", "you can pause it in two clicks",
        ], offer: "the first refill tin is free",
        kindness: [
            "some days ask for less", "a quiet cup is enough", "nothing here needs an answer", "slow is a fine speed",
            "ten calm minutes belong to you", "the kettle has time",
        ], voice: "calm, exact, friendly; short sentences; no slang")
}
