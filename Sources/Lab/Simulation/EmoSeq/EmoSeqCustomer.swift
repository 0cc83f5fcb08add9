import LabNumerics

/// One customer of EmoSeq: the hidden state, and what an observer remembers.
struct EmoSeqCustomer: Sendable {
    /// The customer's number: their row in the field of random words.
    var row: UInt64
    /// The hidden state's number.
    var state: Int32
    var segment: Int32
    var emotion: Int32
    var funnel: Int32
    var fatigue: Int32
    var churned = false
    /// The segment's one-hot with noise, drawn once.
    var proxy = SIMD8<Float>()
    var heard = Utterance(features: SIMD3(), reading: SIMD3())
    /// Positive less negative feature, smoothed over periods.
    var sentiment: Float = 0
    var engagement: Float = 0
    var spend: Float = 0
    /// Periods since the last engagement or purchase.
    var recency: Float = 10
    /// Contacts, smoothed; 5 when contacted in every period.
    var contacts: Float = 0
    var sinceContact: Float = 5
    /// −1 before the first.
    var lastCreative: Int32 = -1
    var lastChannel: Int32 = -1

    init(row: UInt64, state: EmoSeqState, number: Int) {
        self.row = row
        self.state = Int32(number)
        segment = Int32(state.segment)
        emotion = Int32(state.emotion)
        funnel = Int32(state.funnel)
        fatigue = Int32(state.fatigue)
    }

    /// What an observer hears; the memory of the mood moves on.
    @inline(__always)
    mutating func hear(_ utterance: Utterance) {
        heard = utterance
        sentiment = 0.6 * sentiment + 0.4 * (utterance.features[2] - utterance.features[0])
    }
}

/// The sizes of a population's state that a period needs.
struct EmoSeqLimits: Sendable {
    let topStage: Int32
    let topFatigue: Int32
    let stages: Int32
    let degrees: Int32
    /// The stage that a purchase leads to.
    let bought: Int32

    init(_ parameters: EmoSeqParameters) {
        stages = Int32(parameters.funnelCount)
        degrees = Int32(parameters.fatigueCount)
        topStage = stages - 1
        topFatigue = degrees - 1
        bought = min(1, topStage)
    }
}

/// What one period brought.
struct EmoSeqPeriod {
    var converted: Bool
    var engaged: Bool
    var complained: Bool
}

extension EmoSeqCustomer {
    /// Lives one period: eight words, used or not, so that another action does not shift what chance brings later.
    @inline(__always)
    mutating func live(_ odds: EmoSeqOdds, words: UnsafePointer<UInt32>, limits: EmoSeqLimits) -> EmoSeqPeriod {
        let result = EmoSeqPeriod(
            converted: words[0] < odds.conversion, engaged: words[1] < odds.engagement,
            complained: words[6] < odds.complaint)
        if result.converted {
            funnel = limits.bought
        } else if result.engaged {
            funnel = min(funnel &+ 1, limits.topStage)
        } else if words[3] < odds.funnelDecay {
            funnel = max(funnel &- 1, 0)
        }
        if words[4] < odds.fatigueRise {
            fatigue = min(fatigue &+ 1, limits.topFatigue)
        } else if words[4] < odds.fatigueChange {
            fatigue = max(fatigue &- 1, 0)
        }
        emotion = words[5] < odds.negative ? 0 : words[5] < odds.notPositive ? 1 : 2
        state = ((segment &* 3 &+ emotion) &* limits.stages &+ funnel) &* limits.degrees &+ fatigue
        churned = words[2] < odds.churn || (result.complained && words[7] < odds.complaintChurn)
        return result
    }

    /// What an observer remembers of a period.
    @inline(__always)
    mutating func remember(_ period: EmoSeqPeriod, payment: Float, contacted: Bool) {
        engagement = 0.7 * engagement + (period.engaged ? 0.3 : 0)
        spend = 0.8 * spend + 0.2 * payment
        recency = period.engaged || period.converted ? 0 : recency + 1
        contacts = 0.8 * contacts + (contacted ? 1 : 0)
        sinceContact = contacted ? 0 : sinceContact + 1
    }
}
