public import LabDomain
public import LabNumerics
public import LabSafeguards

/// Plays a campaign on customers: policy, safeguards, frequency caps, budget, creative, in this order, every period.
///
/// All customers move in step, one period at a time, so that caps and budget see events in the order of time. A wait of
/// several periods holds a customer back for so long. A wish that a cap or the budget refuses becomes a wait of one
/// period. Chance is drawn a customer and period whether it is used or not: two policies played on the same customers
/// with the same stream share it (common random numbers).
public struct CampaignPlay: Sendable {
    public let campaign: Campaign
    public let map: ActionMap
    public let shelf: CreativeShelf
    /// `nil` only in simulation, to measure what the safeguards cost.
    public let safeguard: Safeguard?
    /// Milliseconds a period.
    public let period: Int64
    private let table: ActionTable

    /// Asked, never obeyed, where `safeguard` is `nil`.
    private static let observer = Safeguard()

    /// Throws `DeliveryError.noCreative`, `.doesNotFit` where campaign, actions and creatives do not belong together.
    public init(
        _ campaign: Campaign, map: ActionMap, shelf: CreativeShelf, safeguard: Safeguard?, period: Int64
    ) throws {
        try shelf.check(map)
        for case .contact(_, let platform, let cost) in map.actions {
            guard campaign.platforms.contains(platform) else {
                throw DeliveryError.doesNotFit("an action shows ads on \(platform.rawValue), the campaign does not")
            }
            guard cost.currency == campaign.budget.currency else {
                throw DeliveryError.currencyDiffers(expected: campaign.budget.currency, found: cost.currency)
            }
        }
        self.campaign = campaign
        self.map = map
        self.shelf = shelf
        self.safeguard = safeguard
        self.period = period
        table = try map.safeguardTable()
    }

    /// - Parameters:
    ///   - customers: their numbers; the same number is the same customer for every policy.
    ///   - stream: actions of customer i are drawn from its child i.
    ///   - willStep: called before every period; throw from it to stop.
    public func run(
        _ environment: some CustomerEnvironment, policy: any PolicyScorer, customers: Range<Int>,
        stream: RandomStream, willStep: (Int) throws -> Void = { _ in }
    ) throws -> CampaignOutcome {
        guard policy.schema == environment.schema, policy.actionCount == environment.actionCount,
            map.count == environment.actionCount
        else {
            throw DeliveryError.doesNotFit("policy, environment and campaign have different states or actions")
        }
        var environment = environment
        var floor = CampaignFloor(self, customers: customers, environment: environment, stream: stream)
        environment.reset(customers: customers, into: &floor.batch)
        for step in 0..<environment.horizon {
            try willStep(step)
            let deciding = floor.deciding()
            let permitted = try (safeguard ?? Self.observer).permittedActions(
                probabilities: floor.readings(of: deciding), audience: .adult, table: table)
            let mask =
                safeguard == nil ? [Bool](repeating: true, count: permitted.mask.count) : permitted.mask
            let probabilities = try policy.probabilities(states: floor.states(of: deciding), permitted: mask)
            try floor.decide(deciding, permitted, mask: mask, probabilities: probabilities, step: step)
            try environment.step(actions: floor.actions, into: &floor.batch)
            floor.settle(discount: environment.discount)
        }
        return floor.outcome
    }
}
