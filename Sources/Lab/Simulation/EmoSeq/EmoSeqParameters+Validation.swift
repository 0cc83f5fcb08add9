extension EmoSeqParameters {
    /// Throws `SimulationError.invalidParameters` where a table has the wrong shape or a rate is no probability.
    public func validate() throws {
        try validateShapes()
        try validateShares()
        try validateRates()
    }

    private func require(_ condition: Bool, _ reason: String) throws {
        if !condition { throw SimulationError.invalidParameters(reason) }
    }

    private func validateShapes() throws {
        func table(_ rows: [[Double]], _ shape: (Int, Int), _ name: String) throws {
            try require(
                rows.count == shape.0 && rows.allSatisfy { $0.count == shape.1 },
                "\(name) must be \(shape.0) × \(shape.1)")
        }
        func list(_ entries: [Double], _ count: Int, _ name: String, _ each: String) throws {
            try require(entries.count == count, "\(name) must have one entry \(each)")
        }
        try require(horizon >= 1, "horizon must be at least 1")
        try require(waits.allSatisfy { $0 >= 1 }, "waits must be at least 1 period")
        try require(contactPeriods.allSatisfy { $0 >= 1 }, "contactPeriods must be at least 1 period")
        try require(
            !creatives.isEmpty && !waits.isEmpty && !contactPeriods.isEmpty && channelCount >= 1,
            "there must be creatives, channels, contactPeriods and waits")
        try require(
            (1...8).contains(segmentCount) && emotionCount == 3 && funnelCount >= 1 && fatigueCount >= 1,
            "there must be 1 to 8 segments, 3 emotions, and stages and degrees of fatigue")
        try require(
            Set(creativeNames).count == creatives.count && creativeNames.count == creatives.count,
            "creativeNames must be one name a creative, all different")
        try table(creativeEffect, (segmentCount, creatives.count), "creativeEffect")
        try table(channelEffect, (segmentCount, channelCount), "channelEffect")
        try table(emotionFit, (creatives.count, emotionCount), "emotionFit")
        try table(emotionDrift, (emotionCount, emotionCount), "emotionDrift")
        for (entries, name) in [
            (creativeLift, "creativeLift"), (creativePrice, "creativePrice"), (creativeTrend, "creativeTrend"),
        ] {
            try list(entries, creatives.count, name, "a creative")
        }
        for (entries, name) in [(fatigueRise, "fatigueRise"), (channelTrend, "channelTrend")] {
            try list(entries, channelCount, name, "a channel")
        }
        for (entries, name) in [(fatigueChurn, "fatigueChurn"), (distressComplaint, "distressComplaint")] {
            try list(entries, fatigueCount, name, "a degree")
        }
        try list(basket, segmentCount, "basket", "a segment")
        try list(conversionRate, funnelCount, "conversionRate", "a stage")
        try list(emotionConversion, emotionCount, "emotionConversion", "an emotion")
        try list(loggingPreferences, actionCount, "loggingPreferences", "an action")
        try require(basketShape >= 1, "basketShape must be at least 1")
        try require(nuisanceCount >= 0, "nuisanceCount must not be negative")
    }

    private func validateShares() throws {
        for (name, shares) in [
            ("segmentShares", segmentShares), ("emotionShares", emotionShares), ("funnelShares", funnelShares),
            ("fatigueShares", fatigueShares),
        ] + emotionDrift.map({ ("emotionDrift", $0) }) {
            try require(
                shares.allSatisfy { $0 >= 0 } && abs(shares.reduce(0, +) - 1) < 1e-9, "\(name) must sum to 1")
        }
        try require(
            loggingPreferences.allSatisfy { $0 >= 0 && $0.isFinite } && loggingPreferences.contains { $0 > 0 },
            "loggingPreferences must not be negative, and one must be positive")
    }

    private func validateRates() throws {
        try require(discount > 0 && discount <= 1, "discount must be in (0, 1]")
        var rates = [
            organicEngagement, conversionCeiling, churnBase, distressChurn, fatigueRecovery, funnelDecayContacted,
            funnelDecayQuiet, healing, promotionHurt, fatigueHurt, contactComplaint, complaintChurn,
            loggingUniformShare,
        ]
        for list in [conversionRate, fatigueChurn, fatigueRise, distressComplaint] { rates += list }
        try require(rates.allSatisfy { $0 >= 0 && $0 <= 1 }, "every rate must be in [0, 1]")
        try require(
            churnBase + distressChurn + (fatigueChurn.max() ?? 0) <= 1, "the churn rates must not add to more than 1")
        try require(
            contactComplaint + (distressComplaint.max() ?? 0) <= 1,
            "the complaint rates must not add to more than 1")
        try require(promotionHurt + fatigueHurt <= 1, "promotionHurt and fatigueHurt must not add to more than 1")
        var notNegative = [
            distressLift, complaintCost, loggingSharpness, segmentNoise, nuisanceScale, nuisanceInnovation,
        ]
        for list in [creativeLift, creativePrice, basket, contactCost, emotionConversion] { notNegative += list }
        try require(
            notNegative.allSatisfy { $0 >= 0 && $0.isFinite },
            "lifts, prices, costs, noises and loggingSharpness must not be negative")
        try require(emotionNoise > 0 && emotionNoise.isFinite, "emotionNoise must be positive")
        try require(abs(nuisancePersistence) < 1, "nuisancePersistence must be between -1 and 1")
        try require(seasonLength > 0, "seasonLength must be positive")
        var effects = [
            engagementIntercept, fatigueEffect, funnelEffect, fatigueConversionDecay, seasonAmplitude,
            loggingConfounding,
        ]
        for row in creativeEffect + channelEffect + emotionFit + [creativeTrend, channelTrend] { effects += row }
        try require(effects.allSatisfy { $0.isFinite }, "every effect must be a finite number")
    }
}
