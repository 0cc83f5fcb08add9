public import LabDomain

/// Every check that a text passes before it becomes a creative: platform, brand, ethics and moderation.
public struct CopyChecks: Sendable {
    public var limits: PlatformLimits
    public var brand: BrandRules
    public var ethics: EmotionEthics
    public var moderator: any Moderator

    public init(
        limits: PlatformLimits = .shipped, brand: BrandRules = BrandRules(), ethics: EmotionEthics = .standard,
        moderator: any Moderator = LexiconModerator()
    ) {
        self.limits = limits
        self.brand = brand
        self.ethics = ethics
        self.moderator = moderator
    }

    /// All objections, in a fixed order; empty means that the text may be shown.
    public func objections(
        to copy: Copy, kind: CreativeKind, sentiment: Sentiment, platform: Platform
    ) throws -> [Objection] {
        var found = CopyPart.allCases.flatMap { limits.objections(to: copy[$0], as: $0, on: platform) }
        found += brand.objections(to: copy)
        found += ethics.objections(to: copy, kind: kind, sentiment: sentiment)
        found += try moderator.objections(to: copy.fullText).map { Objection(rule: "moderation", reason: $0) }
        return found
    }
}
