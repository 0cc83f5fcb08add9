public import LabDomain

/// What goes wrong when ads are delivered.
public enum DeliveryError: ReportableError, Equatable {
    /// A campaign's dates, budget or caps make no sense.
    case invalidCampaign(id: String, reason: String)
    /// No creative exists for what the policy chose.
    case noCreative(kind: CreativeKind, platform: Platform)
    /// The policy, the environment and the actions do not fit each other.
    case doesNotFit(String)
    /// Amounts in a currency other than the campaign's.
    case currencyDiffers(expected: String, found: String)

    public var what: String {
        switch self {
        case .invalidCampaign(let id, let reason): "campaign '\(id)' is not valid: \(reason)"
        case .noCreative(let kind, let platform): "there is no \(kind.name) creative for \(platform.rawValue)"
        case .doesNotFit(let reason): reason
        case .currencyDiffers(let expected, let found): "an amount in \(found) was booked on a budget in \(expected)"
        }
    }

    public var remedy: String {
        switch self {
        case .invalidCampaign: "correct the campaign"
        case .noCreative: "write creatives for every kind on every platform of the campaign"
        case .doesNotFit: "use a policy that was trained on this environment's states and actions"
        case .currencyDiffers: "convert the amount first, at a rate that is written down"
        }
    }

    public var status: ExitStatus {
        switch self {
        case .invalidCampaign: .usage
        case .noCreative, .doesNotFit: .badData
        case .currencyDiffers: .ourBug
        }
    }
}
