/// What a simulated customer hides.
public struct EmoSeqState: Hashable, Sendable {
    /// 0 ..< 4
    public var segment: Int
    /// 0 negative, 1 neutral, 2 positive.
    public var emotion: Int
    /// 0 ..< 4, from unaware to about to buy.
    public var funnel: Int
    /// 0 ..< 5
    public var fatigue: Int
}

extension EmoSeqParameters {
    /// The number of a latent state: fatigue fastest, segment slowest. `stateCount` is the churned state.
    @inlinable
    public func index(_ state: EmoSeqState) -> Int {
        ((state.segment * emotionCount + state.emotion) * funnelCount + state.funnel) * fatigueCount + state.fatigue
    }

    /// The latent state with this number, in 0 ..< `stateCount`.
    public func state(_ index: Int) -> EmoSeqState {
        EmoSeqState(
            segment: index / (fatigueCount * funnelCount * emotionCount),
            emotion: index / (fatigueCount * funnelCount) % emotionCount,
            funnel: index / fatigueCount % funnelCount,
            fatigue: index % fatigueCount)
    }

    /// The probability of each living latent state at an episode's start; shape [stateCount].
    public var initialDistribution: [Double] {
        (0..<stateCount).map {
            let state = state($0)
            return segmentShares[state.segment] * emotionShares[state.emotion] * funnelShares[state.funnel]
                * fatigueShares[state.fatigue]
        }
    }
}
