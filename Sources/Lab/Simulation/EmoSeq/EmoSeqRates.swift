import Foundation
import LabDomain

/// What one period does to a customer in one latent state under one option (a contact, or none).
public struct EmoSeqRates: Sendable, Equatable {
    public var engagement: Double
    public var conversion: Double
    /// Probability of leaving of one's own accord.
    public var churn: Double
    /// Probability of complaining.
    public var complaint: Double
    /// Probability that a complainant leaves.
    public var complaintChurn: Double
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

    /// Cost of a complaint, currency units.
    public var complaintCost: Double

    /// Expected reward of the period, currency units.
    public var meanReward: Double { conversion * basket - cost - complaint * complaintCost }

    /// Probability of being there after the period.
    public var survival: Double { (1 - churn) * (1 - complaint * complaintChurn) }
}

extension EmoSeqParameters {
    /// The rates of one period: `option` in 0 ..< `contactCount` is that contact, `contactCount` is none; `period` counts
    /// from the episode's start.
    public func rates(_ state: EmoSeqState, option: Int, period: Int = 0) -> EmoSeqRates {
        let contacted = option < contactCount
        let creativeIndex = contacted ? option / channelCount : 0
        let channel = contacted ? option % channelCount : 0
        let creative = creatives[creativeIndex]
        let negative = state.emotion == 0
        let promotes = contacted && creative == .promote

        let passed = Double(period) / Double(horizon)
        let logit =
            engagementIntercept + creativeEffect[state.segment][creativeIndex] + channelEffect[state.segment][channel]
            + emotionFit[creativeIndex][state.emotion] + fatigueEffect * Double(state.fatigue)
            + funnelEffect * Double(state.funnel) + (creativeTrend[creativeIndex] + channelTrend[channel]) * passed
        let season = exp(seasonAmplitude * sin(2 * Double.pi * Double(period) / seasonLength))
        let lift = (contacted ? creativeLift[creativeIndex] : 1) * (promotes && negative ? distressLift : 1)
        let conversion =
            conversionRate[state.funnel] * emotionConversion[state.emotion]
            * exp(-fatigueConversionDecay * Double(state.fatigue)) * lift * season

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
            complaint: (contacted ? contactComplaint : 0) + (negative ? distressComplaint[state.fatigue] : 0),
            complaintChurn: complaintChurn,
            fatigueRise: contacted ? fatigueRise[channel] : 0,
            fatigueFall: contacted ? 0 : fatigueRecovery,
            funnelDecay: contacted ? funnelDecayContacted : funnelDecayQuiet,
            emotion: SIMD3(emotion[0], emotion[1], emotion[2]),
            basket: basket[state.segment] * (contacted ? creativePrice[creativeIndex] : 1),
            cost: contacted ? contactCost[channel] : 0, complaintCost: complaintCost)
    }
}
