import Foundation
import LabNumerics

/// One living customer of EmoSeq: the hidden state, what an observer remembers, and the customer's own streams.
struct EmoSeqCustomer: Sendable {
    var state: EmoSeqState
    var churned = false
    /// The segment's one-hot with noise, drawn once.
    var proxy: SIMD8<Float>
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
    var lastCreative = -1
    var lastChannel = -1

    var dynamics: RandomStream
    var basketStream: RandomStream
    var voiceStream: RandomStream
    var nuisanceStream: RandomStream

    init(_ parameters: EmoSeqParameters, stream: RandomStream) {
        var chance = stream.child("dynamics")
        var voice = stream.child("voice")
        func draw(_ shares: [Double]) -> Int {
            var rest = chance.nextDouble()
            for (index, share) in shares.enumerated() {
                rest -= share
                if rest < 0 { return index }
            }
            return shares.count - 1
        }
        let segment = draw(parameters.segmentShares)
        let emotion = draw(parameters.emotionShares)
        let funnel = draw(parameters.funnelShares)
        state = EmoSeqState(
            segment: segment, emotion: emotion, funnel: funnel, fatigue: draw(parameters.fatigueShares))
        proxy = SIMD8()
        for index in 0..<parameters.segmentCount {
            proxy[index] = Float(parameters.segmentNoise * voice.nextNormal())
        }
        proxy[segment] += 1
        dynamics = chance
        voiceStream = voice
        basketStream = stream.child("basket")
        nuisanceStream = stream.child("nuisance")
    }

    /// Speaks, and the observer's memory of the mood moves on.
    mutating func listen(_ voice: any CustomerVoice) {
        heard = voice.speak(emotion: state.emotion, stream: &voiceStream)
        sentiment = 0.6 * sentiment + 0.4 * (heard.features[2] - heard.features[0])
    }

    /// Lives one period under the given rates.
    mutating func live(
        _ rates: EmoSeqRates, contacted: Bool, parameters: EmoSeqParameters, option: Int, voice: any CustomerVoice
    ) -> (payment: Double, engaged: Bool, converted: Bool) {
        // Always six draws, used or not: another action must not shift what chance brings later.
        let converted = dynamics.nextDouble() < rates.conversion
        let engaged = dynamics.nextDouble() < rates.engagement
        let leaves = dynamics.nextDouble() < rates.churn
        let decays = dynamics.nextDouble() < rates.funnelDecay
        let fatigueDraw = dynamics.nextDouble()
        let emotionDraw = dynamics.nextDouble()

        let payment = converted ? rates.basket * basketFactor(parameters.basketShape) : 0
        if converted {
            state.funnel = min(1, parameters.funnelCount - 1)
        } else if engaged {
            state.funnel = min(state.funnel + 1, parameters.funnelCount - 1)
        } else if decays {
            state.funnel = max(state.funnel - 1, 0)
        }
        if fatigueDraw < rates.fatigueRise {
            state.fatigue = min(state.fatigue + 1, parameters.fatigueCount - 1)
        } else if fatigueDraw < rates.fatigueRise + rates.fatigueFall {
            state.fatigue = max(state.fatigue - 1, 0)
        }
        state.emotion = emotionDraw <= rates.emotion[0] ? 0 : emotionDraw <= rates.emotion[0] + rates.emotion[1] ? 1 : 2
        churned = leaves

        engagement = 0.7 * engagement + (engaged ? 0.3 : 0)
        spend = 0.8 * spend + 0.2 * Float(payment)
        recency = engaged || converted ? 0 : recency + 1
        contacts = 0.8 * contacts + (contacted ? 1 : 0)
        sinceContact = contacted ? 0 : sinceContact + 1
        if contacted {
            lastCreative = option / parameters.channelCount
            lastChannel = option % parameters.channelCount
        }
        listen(voice)
        return (payment, engaged, converted)
    }

    /// Gamma with a whole shape and mean 1: a sum of exponentials, which always takes the same number of draws.
    private mutating func basketFactor(_ shape: Int) -> Double {
        var product = 1.0
        for _ in 0..<shape { product *= 1 - basketStream.nextDouble() }
        return -log(product) / Double(shape)
    }
}
