import LabDomain
import LabSafeguards
import Testing

@Suite struct SafeguardTests {
    let safeguard = Safeguard()

    func reading(_ negative: Double, _ neutral: Double, _ positive: Double, _ emotion: [Emotion: Double]? = nil)
        -> Reading
    {
        Reading(sentiment: [negative, neutral, positive], emotion: emotion, model: "m")
    }

    @Test(arguments: [
        (0.5, 0.3, 0.2, Assessment.distressed), (0.499, 0.301, 0.2, .clear), (1, 0, 0, .distressed),
        (0.44, 0.44, 0.12, .unknown), (0.45, 0.44, 0.11, .clear), (0.2, 0.36, 0.44, .unknown), (0, 0, 1, .clear),
        (0.1, 0.1, 0.1, .unknown), (.nan, 0.5, 0.5, .unknown), (-0.2, 0.6, 0.6, .unknown),
        (.infinity, 0, 0, .unknown), (0.9, 0.9, 0.9, .unknown),
    ])
    func assessesProbabilities(_ negative: Double, _ neutral: Double, _ positive: Double, _ expected: Assessment) {
        #expect(safeguard.assess(reading(negative, neutral, positive)) == expected)
    }

    @Test func absentAndBrokenReadingsAreUnknown() {
        #expect(safeguard.assess(nil) == .unknown)
        #expect(safeguard.assess(Reading(sentiment: [], model: "m")) == .unknown)
        #expect(safeguard.assess(Reading(sentiment: [0, 1], model: "m")) == .unknown)
    }

    @Test func sadnessAndFearCountAsDistress() {
        #expect(safeguard.assess(reading(0.3, 0.6, 0.1, [.sadness: 0.3, .fear: 0.2])) == .distressed)
        #expect(safeguard.assess(reading(0.3, 0.6, 0.1, [.sadness: 0.3, .fear: 0.1, .joy: 0.6])) == .clear)
        // A broken emotion head does not hide a negative sentiment.
        #expect(safeguard.assess(reading(0.8, 0.1, 0.1, [.sadness: .nan])) == .distressed)
        #expect(safeguard.assess(reading(0.1, 0.1, 0.8, [.sadness: .infinity])) == .clear)
    }

    /// Every assessment, age, objection and kind against a table written out by hand.
    @Test func permissionsAreExhaustive() {
        let readings: [(Assessment, Reading?)] = [
            (.distressed, reading(0.9, 0.05, 0.05)), (.unknown, nil), (.clear, reading(0.05, 0.05, 0.9)),
        ]
        var checked = 0
        for (assessment, reading) in readings {
            for age in AgeStatus.allCases {
                for objection in Objection.allCases {
                    let audience = Audience(age: age, objection: objection)
                    let permitted = safeguard.permittedActions(reading: reading, audience: audience)
                    #expect(permitted.assessment == assessment)
                    for kind in CreativeKind.allCases {
                        let expected: Bool
                        switch (objection, age, kind) {
                        case (.contact, _, _): expected = false
                        case (.personalisation, _, _), (_, .minor, _), (_, .unknown, _): expected = kind == .inform
                        case (.none, .adult, .inform): expected = true
                        case (.none, .adult, .empathise): expected = assessment != .distressed
                        case (.none, .adult, .promote): expected = assessment == .clear
                        }
                        #expect(safeguard.permits(kind, to: audience, reading: reading) == expected)
                        for channel in 0..<3 {
                            #expect(permitted.permits(action: kind.rawValue * 3 + channel) == expected)
                        }
                        checked += 1
                    }
                    for wait in 9..<12 { #expect(permitted.permits(action: wait)) }
                    #expect(permitted.targeting == (age == .adult && objection == .none ? .personalised : .contextual))
                    #expect(permitted.reasons.isEmpty == permitted.mask.allSatisfy { $0 })
                }
            }
        }
        #expect(checked == 3 * 3 * 3 * 3)
    }

    @Test func decidesOnlyWhatIsPermitted() throws {
        let permitted = safeguard.permittedActions(reading: nil, audience: .adult)
        let customer = CustomerID(rawValue: "ab")
        let decision = try permitted.decide(customer: customer, action: 9, propensity: 0.5)
        #expect(decision.permitted == permitted.mask)
        #expect(throws: SafeguardsError.forbiddenAction(action: 6, assessment: .unknown)) {
            try permitted.decide(customer: customer, action: 6, propensity: 0.5)
        }
        #expect(throws: SafeguardsError.self) { try permitted.decide(customer: customer, action: 12, propensity: 1) }
        #expect(throws: SafeguardsError.self) { try permitted.decide(customer: customer, action: -1, propensity: 1) }
        for propensity in [0, -0.1, 1.1, .nan] {
            #expect(throws: SafeguardsError.self) {
                try permitted.decide(customer: customer, action: 9, propensity: propensity)
            }
        }
    }

    @Test func renormalises() throws {
        let permitted = safeguard.permittedActions(reading: reading(1, 0, 0), audience: .adult)
        let uniform = [Double](repeating: 1.0 / 12, count: 12)
        let masked = try permitted.renormalise(uniform)
        #expect(masked[3...8].allSatisfy { $0 == 0 })
        #expect(abs(masked.reduce(0, +) - 1) < 1e-12)
        var onlyPromotes = [Double](repeating: 0, count: 12)
        onlyPromotes[7] = 1
        #expect(try permitted.renormalise(onlyPromotes)[9] == 1.0 / 6)
        #expect(throws: SafeguardsError.self) { try permitted.renormalise([1]) }
    }

    @Test func thresholdsCannotSwitchItOff() throws {
        #expect(throws: SafeguardsError.self) { try SafeguardThresholds(distress: 0.9) }
        #expect(throws: SafeguardsError.self) { try SafeguardThresholds(distress: .nan) }
        #expect(throws: SafeguardsError.self) { try SafeguardThresholds(confidence: 0.3) }
        #expect(throws: SafeguardsError.self) { try SafeguardThresholds(distressEmotion: -1) }
        #expect(try SafeguardThresholds() == .standard)
        let strict = Safeguard(thresholds: try SafeguardThresholds(distress: 0.3))
        #expect(strict.assess(reading(0.3, 0.6, 0.1)) == .distressed)
        #expect(strict.canonicalText != safeguard.canonicalText)
    }

    @Test func anActionTableNeedsWaiting() throws {
        #expect(throws: SafeguardsError.noWaitingAction(actions: 2)) { try ActionTable(kinds: [.inform, .promote]) }
        #expect(try ActionTable(kinds: [nil]).count == 1)
        #expect(ActionTable.emoSeq.kinds[3] == .empathise)
        #expect(ActionTable.emoSeq.kinds[8] == .promote)
        #expect(ActionTable.emoSeq.kinds[11] == nil)
    }

    @Test func everyReasonHasANameAndASentence() {
        #expect(Set(SafeguardReason.allCases.map(\.name)).count == SafeguardReason.allCases.count)
        #expect(SafeguardReason.allCases.allSatisfy { $0.sentence.hasSuffix(".") })
        let young = Safeguard().permittedActions(reading: nil, audience: Audience(age: .minor, objection: .contact))
        #expect(young.causes == [.lowConfidence, .minor, .objectionToContact])
        #expect(young.reasons.count == 3)
    }
}
