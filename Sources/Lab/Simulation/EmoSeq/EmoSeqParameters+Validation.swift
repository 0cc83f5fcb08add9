extension EmoSeqParameters {
    /// Throws `SimulationError.invalidParameters` where a table has the wrong shape or a rate is no probability.
    public func validate() throws {
        func require(_ condition: Bool, _ reason: String) throws {
            if !condition { throw SimulationError.invalidParameters(reason) }
        }
        func table(_ rows: [[Double]], _ shape: (Int, Int), _ name: String) throws {
            try require(
                rows.count == shape.0 && rows.allSatisfy { $0.count == shape.1 },
                "\(name) must be \(shape.0) × \(shape.1)")
        }
        try require(horizon >= 1, "horizon must be at least 1")
        try require(discount > 0 && discount <= 1, "discount must be in (0, 1]")
        try require(waits.allSatisfy { $0 >= 1 }, "waits must be at least 1 period")
        try require(!creatives.isEmpty && !waits.isEmpty, "there must be creatives and waits")
        try table(creativeEffect, (segmentCount, creatives.count), "creativeEffect")
        try table(channelEffect, (segmentCount, channelCount), "channelEffect")
        try table(emotionFit, (creatives.count, emotionCount), "emotionFit")
        try table(emotionDrift, (emotionCount, emotionCount), "emotionDrift")
        try require(emotionCount == 3, "emotionShares must have 3 entries")
        try require(basket.count == segmentCount, "basket must have one entry a segment")
        try require(basketShape >= 1, "basketShape must be at least 1")
        try require(conversionRate.count == funnelCount, "conversionRate must have one entry a stage")
        try require(emotionConversion.count == emotionCount, "emotionConversion must have one entry an emotion")
        try require(fatigueChurn.count == fatigueCount, "fatigueChurn must have one entry a degree")
        try require(fatigueRise.count == channelCount, "fatigueRise must have one entry a channel")
        for (name, shares) in [
            ("segmentShares", segmentShares), ("emotionShares", emotionShares), ("funnelShares", funnelShares),
            ("fatigueShares", fatigueShares),
        ] + emotionDrift.map({ ("emotionDrift", $0) }) {
            try require(
                shares.allSatisfy { $0 >= 0 } && abs(shares.reduce(0, +) - 1) < 1e-9, "\(name) must sum to 1")
        }
        let rates =
            [
                organicEngagement, conversionCeiling, churnBase, distressChurn, fatigueRecovery, funnelDecayContacted,
                funnelDecayQuiet, healing, promotionHurt, fatigueHurt,
            ] + conversionRate + fatigueChurn + fatigueRise
        try require(rates.allSatisfy { $0 >= 0 && $0 <= 1 }, "every rate must be in [0, 1]")
        try require(
            churnBase + distressChurn + (fatigueChurn.max() ?? 0) <= 1, "the churn rates must not add to more than 1")
    }
}
