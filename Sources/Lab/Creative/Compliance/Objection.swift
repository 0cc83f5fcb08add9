/// A reason why a text may not be shown, named so that it can be counted and acted on.
public struct Objection: Hashable, Codable, Sendable {
    /// `area.rule`, for example `platform.length` or `ethics.urgency`.
    public let rule: String
    /// The part concerned; `nil` for the creative as a whole.
    public let part: CopyPart?
    public let reason: String
    /// A text that would pass this rule, where one can be told.
    public let suggestion: String?

    public init(rule: String, part: CopyPart? = nil, reason: String, suggestion: String? = nil) {
        self.rule = rule
        self.part = part
        self.reason = reason
        self.suggestion = suggestion
    }
}

/// An ad text before it becomes a creative.
public struct Copy: Hashable, Codable, Sendable {
    public var headline: String
    public var body: String
    public var callToAction: String

    public init(headline: String, body: String, callToAction: String) {
        self.headline = headline
        self.body = body
        self.callToAction = callToAction
    }

    public subscript(part: CopyPart) -> String {
        switch part {
        case .headline: headline
        case .body: body
        case .callToAction: callToAction
        }
    }

    /// All parts as one text.
    public var fullText: String { headline + "\n" + body + "\n" + callToAction }
}
