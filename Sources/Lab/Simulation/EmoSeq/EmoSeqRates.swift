import Foundation
import LabDomain

/// What one period does to a customer in one latent state under one option (a contact, or none).
public struct EmoSeqRates: Sendable, Equatable {
    public var engagement: Double
    public var conversion: Double
    public var churn: Double
    public var fatigueRise: Double
    public var fatigueFall: Double
    /// Probability of falling one stage when neither engaging nor converting.
    public var funnelDecay: Double
    /// Distribution of the next emotion; sums to 1.
    public var emotion: SIMD3<Double>
    /// Mean payment when converting, currency units.
    public var basket: Double
    /// Cost of the contact, currency units.
    public var cost: Double

    /// Expected reward of the period, currency units.
    public var meanReward: Double { conversion * basket - cost }
}

extension EmoSeqParameters {
    /// The rates of one period: `option` in 0 ..< `contactCount` is that contact, `contactCount` is none.
    public func rates(_ state: EmoSeqState, option: Int) -> EmoSeqRates {
        let contacted = option < contactCount
        let creativeIndex = contacted ? option / channelCount : 0
        let channel = contacted ? option % channelCount : 0
        let creative = creatives[creativeIndex]
        let negative = state.emotion == 0
        let promotes = contacted && creative == .promote

        let logit =
            engagementIntercept + creativeEffect[state.segment][creativeIndex] + channelEffect[state.segment][channel]
            + emotionFit[creativeIndex][state.emotion] + fatigueEffect * Double(state.fatigue)
            + funnelEffect * Double(state.funnel)
        let conversion =
            conversionRate[state.funnel] * emotionConversion[state.emotion]
            * exp(-fatigueConversionDecay * Double(state.fatigue)) * (promotes ? promotionLift : 1)

        var emotion = emotionDrift[state.emotion]
        if contacted && creative == .empathise {
            let moved = healing * emotion[0]
            emotion[0] -= moved
            emotion[1] += moved
        }
        var hurt = 0.0
        if promotes && negative { hurt += promotionHurt }
        if contacted && state.fatigue >= fatigueHurtFrom { hurt += fatigueHurt }
        for other in 1...2 {
            let moved = hurt * emotion[other]
            emotion[other] -= moved
            emotion[0] += moved
        }

        return EmoSeqRates(
            engagement: contacted ? 1 / (1 + exp(-logit)) : organicEngagement,
            conversion: min(conversion, conversionCeiling),
            churn: churnBase + fatigueChurn[state.fatigue]
                + (contacted && negative && creative != .empathise ? distressChurn : 0),
            fatigueRise: contacted ? fatigueRise[channel] : 0,
            fatigueFall: contacted ? 0 : fatigueRecovery,
            funnelDecay: contacted ? funnelDecayContacted : funnelDecayQuiet,
            emotion: SIMD3(emotion[0], emotion[1], emotion[2]),
            basket: basket[state.segment] * (promotes ? promotionPrice : 1),
            cost: contacted ? contactCost[channel] : 0)
    }
}
