/// Everything that may be stored about a customer: a closed list, so that what is not named here has no place to go.
public enum ProfileAttribute: String, Codable, Sendable, CaseIterable, Hashable {
    case sentiment
    case emotion
    case readings
    case impressions
    case engagements
    case purchases
    case revenue
    case waits
    case lastContact
    case lastEngagement
    case lastCreativeKind
    case lastChannel
    case churned
    case observedSegment
    case ageStatus
    case objection

    /// The attribute of that name.
    ///
    /// Throws `SafeguardsError.specialCategory` for a name that speaks of one, `.attributeNotPermitted` for any other.
    public static func permitted(_ name: String) throws -> ProfileAttribute {
        if let attribute = ProfileAttribute(rawValue: name) { return attribute }
        if let category = SpecialCategory.named(in: name) {
            throw SafeguardsError.specialCategory(attribute: name, category: category)
        }
        throw SafeguardsError.attributeNotPermitted(name)
    }
}
