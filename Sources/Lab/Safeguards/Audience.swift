/// What is known about whom a decision concerns, besides the reading.
public struct Audience: Hashable, Codable, Sendable {
    public let age: AgeStatus
    public let objection: Objection

    /// Neither has a default: whoever asks must say what is known.
    public init(age: AgeStatus, objection: Objection) {
        self.age = age
        self.objection = objection
    }

    /// An adult who has not objected; also every customer of the simulator.
    public static let adult = Audience(age: .adult, objection: .none)
    /// Someone of whom nothing is known: treated as a minor.
    public static let anyone = Audience(age: .unknown, objection: .none)

    /// Whether only the surroundings of an ad may choose it, and nothing that was learned of the person.
    public var contextualOnly: Bool { age != .adult || objection != .none }
}

/// What is known of a person's age. An age is never inferred.
public enum AgeStatus: String, Codable, Sendable, CaseIterable, Hashable {
    case adult
    case minor
    case unknown
}

/// What a person has objected to.
public enum Objection: String, Codable, Sendable, CaseIterable, Hashable, Comparable {
    case none
    /// To ads chosen by what is known of them; an opt-out signal such as Global Privacy Control counts.
    case personalisation
    /// To any contact.
    case contact

    private var strength: Int {
        switch self {
        case .none: 0
        case .personalisation: 1
        case .contact: 2
        }
    }

    /// By strength, so that the stronger of two objections holds.
    public static func < (left: Objection, right: Objection) -> Bool { left.strength < right.strength }
}

/// What may choose an ad.
public enum Targeting: String, Codable, Sendable, CaseIterable, Hashable {
    /// Readings and the profile.
    case personalised
    /// Only the surroundings in which the ad appears.
    case contextual
}
