/// Why the safeguards take actions away from a decision.
public enum SafeguardReason: String, Codable, Sendable, CaseIterable, Hashable {
    case distress
    case lowConfidence
    case minor
    case unknownAge
    case objectionToPersonalisation
    case objectionToContact

    /// The name that people are shown in tables.
    public var name: String {
        switch self {
        case .distress: "signs of distress"
        case .lowConfidence: "mood not known well enough"
        case .minor: "minor"
        case .unknownAge: "age not known"
        case .objectionToPersonalisation: "objected to personalised ads"
        case .objectionToContact: "objected to any contact"
        }
    }

    /// One sentence on what it means for the decision.
    public var sentence: String {
        switch self {
        case .distress: "The reading speaks for distress: a neutral ad or none."
        case .lowConfidence: "There is no reading of sufficient confidence: nothing is promoted."
        case .minor: "The person is a minor: contextual ads only."
        case .unknownAge: "The person's age is unknown: contextual ads only."
        case .objectionToPersonalisation: "The person has objected to personalised ads."
        case .objectionToContact: "The person has objected to any contact."
        }
    }
}

extension Assessment {
    /// Why this assessment takes actions away; `nil` where it takes none.
    public var reason: SafeguardReason? {
        switch self {
        case .distressed: .distress
        case .unknown: .lowConfidence
        case .clear: nil
        }
    }
}

extension Audience {
    /// Why this audience takes actions away, whatever the reading.
    public var reasons: [SafeguardReason] {
        var reasons: [SafeguardReason] = []
        switch age {
        case .adult: break
        case .minor: reasons.append(.minor)
        case .unknown: reasons.append(.unknownAge)
        }
        switch objection {
        case .none: break
        case .personalisation: reasons.append(.objectionToPersonalisation)
        case .contact: reasons.append(.objectionToContact)
        }
        return reasons
    }
}
