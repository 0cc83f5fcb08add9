public import LabDomain

/// Says whether one more contact can be paid: never more than the budget, and with even pacing never more than the share
/// of it that the time passed so far gives.
///
/// All in integers: what may be spent by time t is ⌊budget · t / duration⌋, computed in 128 bits. A contact is reserved
/// before it is shown and settled or released after, so that contacts under way cannot overspend together.
public struct BudgetPacer: Sendable {
    public let budget: Money
    public let pacing: Campaign.Pacing
    /// Milliseconds.
    public let duration: Int64
    public private(set) var spent: Int64 = 0
    public private(set) var reserved: Int64 = 0
    /// Contacts that were refused because the whole budget was used up.
    public private(set) var exhaustedCount = 0
    /// Contacts that were refused because it was not their time yet.
    public private(set) var throttledCount = 0

    public init(budget: Money, pacing: Campaign.Pacing, duration: Int64) {
        self.budget = budget
        self.pacing = pacing
        self.duration = max(duration, 1)
    }

    /// What may be spent by a time since the campaign's start, in micros.
    public func allowance(at time: Int64) -> Int64 {
        guard pacing == .even, time < duration else { return budget.micros }
        guard time > 0 else { return 0 }
        let product = budget.micros.magnitude.multipliedFullWidth(by: time.magnitude)
        return Int64(duration.magnitude.dividingFullWidth(product).quotient)
    }

    /// Sets the price of a contact aside, or refuses it.
    ///
    /// - Parameter time: milliseconds since the campaign's start, at the end of the period for which this decision counts.
    public mutating func reserve(_ cost: Money, at time: Int64) throws -> Bool {
        guard cost.currency == budget.currency else {
            throw DeliveryError.currencyDiffers(expected: budget.currency, found: cost.currency)
        }
        let committed = spent + reserved
        // Compared as a difference, which cannot overflow.
        guard cost.micros <= budget.micros - committed else {
            exhaustedCount += 1
            return false
        }
        guard cost.micros <= allowance(at: time) - committed else {
            throttledCount += 1
            return false
        }
        reserved += cost.micros
        return true
    }

    /// Books what a reserved contact cost, at most what was reserved; the rest is free again.
    public mutating func settle(reserved amount: Money, cost: Money) {
        reserved -= amount.micros
        spent += min(cost.micros, amount.micros)
    }

    /// Gives back the price of a contact that was not made.
    public mutating func release(_ amount: Money) { reserved -= amount.micros }
}
