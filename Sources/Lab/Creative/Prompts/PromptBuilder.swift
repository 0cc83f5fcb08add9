public import LabDomain
import LabStorage

/// What one creative is to be.
public struct CopyTask: Hashable, Codable, Sendable {
    public let kind: CreativeKind
    public let sentiment: Sentiment
    public let platform: Platform
    /// Which of several variants, from 1.
    public let variant: Int
    /// Which try for this variant, from 1.
    public var attempt: Int
    /// Why the last try was refused.
    public var refusals: [String]

    public init(
        kind: CreativeKind, sentiment: Sentiment, platform: Platform, variant: Int, attempt: Int = 1,
        refusals: [String] = []
    ) {
        self.kind = kind
        self.sentiment = sentiment
        self.platform = platform
        self.variant = variant
        self.attempt = attempt
        self.refusals = refusals
    }

    /// A short name for tables and ledgers, for example `empathise/negative/x/2`.
    public var label: String { "\(kind.name)/\(sentiment.name)/\(platform.rawValue)/\(variant)" }
}

/// Builds the prompt for a task: what to write, for whom, how long, and what not to say.
public struct PromptBuilder: Sendable {
    public var limits: PlatformLimits

    public init(limits: PlatformLimits = .shipped) { self.limits = limits }

    /// SHA-256 over all that the builder can say: any change of wording changes it, and with it every cache key.
    public var version: String {
        let system = Self.system(.example)
        let kinds = CreativeKind.allCases.map(Self.purpose)
        let moods = Sentiment.allCases.map(Self.manner)
        return Digest.sha256(([system] + kinds + moods + [Self.form]).joined(separator: "\n"))
    }

    public func request(
        for task: CopyTask, brief: Brief, model: String, temperature: Double = 0.8, maximumOutputTokens: Int = 300
    ) -> CompletionRequest {
        var lines = [
            "Kind: \(task.kind.name). \(Self.purpose(task.kind))",
            "Reader: \(task.sentiment.name). \(Self.manner(task.sentiment))", "Platform: \(task.platform.rawValue)",
            "Product: \(brief.product)",
        ]
        lines += brief.facts.map { "Fact: \($0)" }
        if task.kind == .promote { lines.append("Offer: \(brief.offer)") }
        if task.kind == .empathise { lines += brief.kindness.map { "Thought: \($0)" } }
        for part in CopyPart.allCases {
            if let limit = limits.limit(task.platform, part) {
                lines.append("Limit: \(part.rawValue) \(limit.maximum) \(limit.unit.rawValue)")
            }
        }
        if let labels = limits.labels(task.platform) { lines.append("Buttons: \(labels.joined(separator: " | "))") }
        lines.append("Variant: \(task.variant). Make it unlike the other variants in words and in structure.")
        if task.attempt > 1 {
            lines.append("Attempt: \(task.attempt). The last one was refused:")
            lines += task.refusals.map { "- \($0)" }
        }
        lines.append(Self.form)
        return CompletionRequest(
            model: model, messages: [.init(.system, Self.system(brief)), .init(.user, lines.joined(separator: "\n"))],
            maximumOutputTokens: maximumOutputTokens, temperature: temperature)
    }

    static let form =
        "Answer with one JSON object and nothing else: {\"headline\": …, \"body\": …, \"callToAction\": …}"

    static func system(_ brief: Brief) -> String {
        """
        You write ads for \(brief.brand). Voice: \(brief.voice). Use only the facts given. Never claim to know how the \
        reader feels, never mention health, faith, politics or money troubles, no superlatives, no addresses, at most one \
        exclamation mark.
        """
    }

    static func purpose(_ kind: CreativeKind) -> String {
        switch kind {
        case .inform: "Say what the product is. No offer."
        case .empathise: "Be kind. Sell nothing: no product claims, no offer, no request to buy."
        case .promote: "Say what the product is and name the offer once."
        }
    }

    static func manner(_ sentiment: Sentiment) -> String {
        switch sentiment {
        case .negative: "Stay quiet and plain. Nothing urgent, scarce or frightening."
        case .neutral: "Be clear and matter-of-fact."
        case .positive: "Be light and warm."
        }
    }
}
