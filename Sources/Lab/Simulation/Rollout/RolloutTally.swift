import LabDomain
import LabSafeguards

/// What has come of each customer of a batch, by place.
struct RolloutTally {
    var values: [Double]
    var contacts: [Int32]
    var engagements: [Int32]
    var conversions: [Int32]
    var complaints: [Int32]
    var revenue: [Double]
    var cost: [Double]
    var decisions: [Int32]
    var hiddenNegative: [Int32]
    var missed: [Int32]
    var promotionsToMissed: [Int32]

    init(_ count: Int) {
        values = Array(repeating: 0, count: count)
        revenue = values
        cost = values
        contacts = Array(repeating: 0, count: count)
        engagements = contacts
        conversions = contacts
        complaints = contacts
        decisions = contacts
        hiddenNegative = contacts
        missed = contacts
        promotionsToMissed = contacts
    }

    mutating func add(_ batch: EnvironmentBatch, _ place: Int, factor: Double) {
        values[place] += factor * batch.rewards[place]
        engagements[place] += batch.engagements[place]
        conversions[place] += batch.conversions[place]
        complaints[place] += batch.complaints[place]
        revenue[place] += batch.revenue[place]
        cost[place] += batch.cost[place]
    }

    /// Counts a decision: what was shown, and whether distress was missed.
    ///
    /// - Parameter negative: whether the hidden emotion is negative; `nil` where it is not known.
    mutating func decide(_ place: Int, kind: CreativeKind?, assessment: Assessment, negative: Bool?) {
        decisions[place] += 1
        if kind != nil { contacts[place] += 1 }
        guard negative == true else { return }
        hiddenNegative[place] += 1
        guard assessment != .distressed else { return }
        missed[place] += 1
        if kind == .promote { promotionsToMissed[place] += 1 }
    }
}
