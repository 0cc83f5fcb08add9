/// The rates of one period as bounds on random 32-bit words: an event happens where its word lies below the bound.
struct EmoSeqOdds: Sendable {
    let conversion: UInt32
    let engagement: UInt32
    let churn: UInt32
    let funnelDecay: UInt32
    let fatigueRise: UInt32
    /// Of rise and fall together.
    let fatigueChange: UInt32
    let negative: UInt32
    /// Of negative and neutral together.
    let notPositive: UInt32
    let complaint: UInt32
    let complaintChurn: UInt32
    /// Currency units.
    let basket: Double
    let cost: Double

    init(_ rates: EmoSeqRates) {
        // A certain event misses one word in 2³².
        func bound(_ probability: Double) -> UInt32 { UInt32(min(max(probability, 0) * 0x1p32, 0x1p32 - 1)) }
        conversion = bound(rates.conversion)
        engagement = bound(rates.engagement)
        churn = bound(rates.churn)
        funnelDecay = bound(rates.funnelDecay)
        fatigueRise = bound(rates.fatigueRise)
        fatigueChange = bound(rates.fatigueRise + rates.fatigueFall)
        negative = bound(rates.emotion[0])
        notPositive = bound(rates.emotion[0] + rates.emotion[1])
        complaint = bound(rates.complaint)
        complaintChurn = bound(rates.complaintChurn)
        basket = rates.basket
        cost = rates.cost
    }
}
