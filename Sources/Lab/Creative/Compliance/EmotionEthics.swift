public import LabDomain

/// What may not be said to whom: feelings are read to avoid harm, so no text may press on them.
///
/// - Nothing urgent, scarce or frightening is said to someone read as negative.
/// - An `empathise` creative offers nothing for sale.
/// - No text claims to know how its reader feels, whatever was read.
public struct EmotionEthics: Sendable {
    public static let standard = EmotionEthics()

    static let urgency = [
        "now or never", "hurry", "act now", "act fast", "last chance", "today only", "ends today", "ends tonight",
        "ends soon", "only hours left", "final hours", "final call", "don't wait", "do not wait",
        "before it's too late",
        "before it is too late", "immediately", "right now", "deadline", "countdown", "limited time",
        "running out of time",
    ]
    static let scarcity = [
        "while stocks last", "while supplies last", "almost gone", "selling fast", "nearly sold out", "almost sold out",
        "only a few left", "limited edition", "limited stock", "few remain", "last ones", "going fast", "don't miss",
        "do not miss", "miss out", "exclusive access",
    ]
    static let fear = [
        "afraid", "danger", "dangerous", "at risk", "worst", "regret", "suffer", "alone forever", "threat",
        "be worried",
        "worry about", "scared", "panic", "lose everything", "too late", "you will lose", "what if you",
    ]
    static let offer = [
        "buy", "sale", "discount", "deal", "save", "offer", "free", "price", "coupon", "voucher", "order", "shop",
        "purchase", "cheaper", "% off", "per cent off", "subscribe",
    ]
    static let presumption = [
        "we know you feel", "we know you're", "we know you are", "you are feeling", "you're feeling", "feeling sad",
        "feeling down", "feeling lonely", "feeling anxious", "your sadness", "your pain", "your grief", "your anxiety",
        "your depression", "because you are sad", "because you're sad", "since you are sad", "as an anxious",
        "we noticed you", "we saw your post", "you seem", "you sound",
    ]

    public init() {}

    /// What speaks against a text for a creative of this kind, written for this reading.
    public func objections(to copy: Copy, kind: CreativeKind, sentiment: Sentiment) -> [Objection] {
        var found: [Objection] = []
        if sentiment == .negative {
            found += match(Self.urgency, "ethics.urgency", "presses for time on someone read as negative", copy)
            found += match(Self.scarcity, "ethics.scarcity", "plays on scarcity towards someone read as negative", copy)
            found += match(Self.fear, "ethics.fear", "plays on fear towards someone read as negative", copy)
        }
        if kind == .empathise {
            found += match(Self.offer, "ethics.offer", "an empathising text offers nothing", copy)
        }
        found += match(Self.presumption, "ethics.presumption", "claims to know how the reader feels", copy)
        return found
    }

    private func match(_ terms: [String], _ rule: String, _ reason: String, _ copy: Copy) -> [Objection] {
        CopyPart.allCases.flatMap { part in
            terms.filter { TermMatcher.contains($0, in: copy[part]) }.map { term in
                Objection(rule: rule, part: part, reason: "'\(term)': \(reason)")
            }
        }
    }
}
