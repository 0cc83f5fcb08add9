public import LabDomain

/// A part of an ad's text.
public enum CopyPart: String, Codable, Sendable, CaseIterable, Hashable {
    case headline
    case body
    case callToAction
}

/// How long one part of an ad may be on one platform, with where that is written and when it was looked up.
public struct PlatformLimit: Hashable, Codable, Sendable {
    /// Whether the platform refuses longer texts or only cuts them off in display.
    public enum Strength: String, Codable, Sendable, Hashable {
        case refused
        case truncated
        /// The platform sets none; the bound is Lab's own.
        case own
    }

    public let platform: Platform
    public let part: CopyPart
    public let maximum: Int
    public let unit: TextUnit
    public let strength: Strength
    public let source: String
    /// ISO 8601 date of the look-up.
    public let asOf: String
}

/// The limits of every platform, as a table that says where each number comes from.
public struct PlatformLimits: Hashable, Codable, Sendable {
    public let limits: [PlatformLimit]
    /// The only button labels that a platform offers, in its own spelling; platforms without an entry take any text.
    public let buttonLabels: [String: [String]]

    public init(limits: [PlatformLimit], buttonLabels: [String: [String]]) {
        self.limits = limits
        self.buttonLabels = buttonLabels
    }

    /// The limit of a part, or `nil` where the table has none.
    public func limit(_ platform: Platform, _ part: CopyPart) -> PlatformLimit? {
        limits.first { $0.platform == platform && $0.part == part }
    }

    /// The labels to choose from, or `nil` where any text is taken.
    public func labels(_ platform: Platform) -> [String]? { buttonLabels[platform.rawValue] }

    /// What speaks against a text as a part of an ad on a platform; empty where it fits.
    public func objections(to text: String, as part: CopyPart, on platform: Platform) -> [Objection] {
        var found: [Objection] = []
        if let limit = limit(platform, part) {
            let length = limit.unit.length(of: text)
            if length > limit.maximum {
                found.append(
                    Objection(
                        rule: "platform.length", part: part,
                        reason: "\(part.rawValue) has \(length) of at most \(limit.maximum) "
                            + "(\(limit.unit.rawValue)) on \(platform.rawValue)",
                        suggestion: limit.unit.shortened(text, to: limit.maximum)))
            }
        }
        if text.trimmingSpaces.isEmpty {
            found.append(Objection(rule: "platform.empty", part: part, reason: "\(part.rawValue) is empty"))
        }
        if part == .callToAction, let labels = labels(platform), !labels.contains(text) {
            found.append(
                Objection(
                    rule: "platform.button", part: part,
                    reason: "\(platform.rawValue) has no button '\(text)'", suggestion: labels.first))
        }
        return found
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
