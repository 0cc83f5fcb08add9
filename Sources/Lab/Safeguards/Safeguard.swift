public import LabDomain

/// What may never be done to a person, asked before every decision: in training, simulation and serving.
///
/// It is an action mask, not a penalty: no value that a policy expects buys a forbidden action.
///
/// | assessment or audience | what is left |
/// |---|---|
/// | distressed | `inform`, waiting |
/// | unknown | `inform`, `empathise`, waiting |
/// | clear | everything |
/// | minor, unknown age, objection to personalisation | `inform`, waiting; contextual targeting |
/// | objection to contact | waiting |
public struct Safeguard: Hashable, Codable, Sendable {
    public let thresholds: SafeguardThresholds

    public init(thresholds: SafeguardThresholds = .standard) { self.thresholds = thresholds }

    /// What the policy's digest is taken over: one rule a line. Bundles carry it.
    public var canonicalText: String {
        [
            "safeguard 1",
            "distressed: negative >= \(thresholds.distress) or sadness + fear >= \(thresholds.distressEmotion)",
            "unknown: likeliest < \(thresholds.confidence) or no valid reading",
            "distressed permits inform", "unknown permits inform, empathise",
            "minor, unknown age, objection to personalisation: contextual inform", "objection to contact: wait",
        ].joined(separator: "\n")
    }

    /// The assessment of one reading; no reading or a broken one is `.unknown`.
    public func assess(_ reading: Reading?) -> Assessment {
        guard let reading, reading.sentiment.count == Sentiment.allCases.count else { return .unknown }
        if let emotion = reading.emotion {
            let distress = (emotion[.sadness] ?? 0) + (emotion[.fear] ?? 0)
            // A broken emotion head may not hide what the sentiment says; a valid one may add to it.
            if distress.isFinite, distress >= thresholds.distressEmotion, distress <= 1.01 { return .distressed }
        }
        let sentiment = reading.sentiment
        return assess(negative: sentiment[0], neutral: sentiment[1], positive: sentiment[2])
    }

    /// The assessment of three calibrated probabilities, which must sum to 1 within 0.01, else `.unknown`.
    @inlinable
    public func assess(negative: Double, neutral: Double, positive: Double) -> Assessment {
        // Each comparison is false for a NaN.
        guard negative >= 0, neutral >= 0, positive >= 0, abs(negative + neutral + positive - 1) <= 0.01 else {
            return .unknown
        }
        if negative >= thresholds.distress { return .distressed }
        return max(negative, neutral, positive) >= thresholds.confidence ? .clear : .unknown
    }

    /// The creative kinds that may be shown; waiting always may.
    public func permittedKinds(_ assessment: Assessment, audience: Audience) -> Set<CreativeKind> {
        if audience.objection == .contact { return [] }
        // A contextual ad may not answer to a mood, which rules out `empathise`, nor press somebody who may be a child.
        return audience.contextualOnly ? [.inform] : assessment.permittedKinds
    }

    /// Whether one creative kind may be shown.
    public func permits(_ kind: CreativeKind, to audience: Audience, reading: Reading?) -> Bool {
        permittedKinds(assess(reading), audience: audience).contains(kind)
    }

    /// The permitted actions for one decision.
    public func permittedActions(
        reading: Reading?, audience: Audience, table: ActionTable = .emoSeq
    ) -> PermittedActions {
        let assessment = assess(reading)
        return PermittedActions(
            assessment: assessment, targeting: audience.contextualOnly ? .contextual : .personalised,
            mask: table.mask(permittedKinds(assessment, audience: audience)),
            causes: [assessment.reason].compactMap { $0 } + audience.reasons)
    }
}
