public import LabDomain
public import LabSafeguards

/// What an action of a policy means in delivery.
public enum DeliveryAction: Hashable, Codable, Sendable {
    /// Show a creative of a kind on a platform, at this price.
    case contact(kind: CreativeKind, platform: Platform, cost: Money)
    /// Show nothing for so many periods.
    case wait(periods: Int)

    /// The creative kind; `nil` for waiting.
    public var kind: CreativeKind? {
        if case .contact(let kind, _, _) = self { kind } else { nil }
    }

    /// For example `promote on email` or `wait 2`.
    public var name: String {
        switch self {
        case .contact(let kind, let platform, _): "\(kind.name) on \(platform.rawValue)"
        case .wait(let periods): "wait \(periods)"
        }
    }
}

/// The action space of a policy, in its order, with its meaning in delivery.
public struct ActionMap: Hashable, Codable, Sendable {
    public let actions: [DeliveryAction]
    /// The index of waiting one period: what happens when a contact may not or cannot be made.
    public let shortestWait: Int

    /// Throws `DeliveryError.doesNotFit` without a wait of one period, or with contacts at a negative price.
    public init(_ actions: [DeliveryAction]) throws {
        guard let wait = actions.firstIndex(of: .wait(periods: 1)) else {
            throw DeliveryError.doesNotFit("the actions have no wait of one period")
        }
        for case .contact(_, _, let cost) in actions where cost.micros < 0 {
            throw DeliveryError.doesNotFit("a contact has a negative price")
        }
        self.actions = actions
        shortestWait = wait
    }

    public var count: Int { actions.count }

    /// The same for the safeguards.
    public func safeguardTable() throws -> ActionTable { try ActionTable(kinds: actions.map(\.kind)) }
}
