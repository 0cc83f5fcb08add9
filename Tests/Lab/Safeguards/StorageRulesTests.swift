import Foundation
import LabDomain
import LabSafeguards
import Testing

@Suite struct StorageRulesTests {
    @Test(arguments: [
        ("healthStatus", SpecialCategory.health), ("is_pregnant", .health), ("Religion", .faith),
        ("political-party", .politics), ("sexualOrientation", .sexuality), ("ethnicity", .ethnicity),
        ("trade_union_member", .unionMembership), ("faceEmotion", .biometrics), ("dna_sample", .genetics),
        ("skinColour", .ethnicity), ("votingIntention", .politics), ("national origin", .ethnicity),
    ])
    func refusesSpecialCategories(_ name: String, _ category: SpecialCategory) {
        #expect(SpecialCategory.named(in: name) == category)
        #expect(throws: SafeguardsError.specialCategory(attribute: name, category: category)) {
            try ProfileAttribute.permitted(name)
        }
    }

    @Test func whatMayBeStoredIsAClosedList() throws {
        for attribute in ProfileAttribute.allCases {
            #expect(try ProfileAttribute.permitted(attribute.rawValue) == attribute)
            #expect(SpecialCategory.named(in: attribute.rawValue) == nil)
        }
        #expect(throws: SafeguardsError.attributeNotPermitted("shoeSize")) {
            try ProfileAttribute.permitted("shoeSize")
        }
        for harmless in ["surface", "trace", "interface", "reunion", "brace"] {
            #expect(SpecialCategory.named(in: harmless) == nil)
        }
    }

    @Test func objectionsTakeEffectAtOnce() {
        let register = ObjectionRegister()
        let customer = CustomerID(rawValue: "c1")
        let safeguard = Safeguard()
        let reading = Reading(sentiment: [0, 0, 1], model: "m")
        let before = safeguard.permittedActions(
            reading: reading, audience: register.audience(of: customer, age: .adult))
        #expect(before.permits(action: 6))
        #expect(register.stillHolds(before, for: customer, action: 6, kind: .promote))
        register.record(.personalisation, of: customer)
        let after = safeguard.permittedActions(reading: reading, audience: register.audience(of: customer, age: .adult))
        #expect(!after.permits(action: 6))
        #expect(after.permits(action: 0))
        // Permissions given before lose their force.
        #expect(!register.stillHolds(before, for: customer, action: 6, kind: .promote))
        #expect(!register.stillHolds(before, for: customer, action: 0, kind: .inform))
        #expect(register.stillHolds(after, for: customer, action: 0, kind: .inform))
        register.record(.contact, of: customer)
        register.record(.personalisation, of: customer)
        #expect(register.objection(of: customer) == .contact)
        #expect(!register.stillHolds(after, for: customer, action: 0, kind: .inform))
        #expect(register.stillHolds(after, for: customer, action: 9, kind: nil))
        register.withdraw(of: customer)
        #expect(register.objection(of: customer) == .none)
    }

    @Test func everyErrorSaysWhatAndWhatToDo() {
        let errors: [SafeguardsError] = [
            .forbiddenAction(action: 6, assessment: .distressed), .invalidPropensity(2),
            .thresholdOutOfBounds(name: "distress", value: 1, lowest: 0, highest: 0.75), .noWaitingAction(actions: 3),
            .shape("x", expected: 1, found: 2), .specialCategory(attribute: "faith", category: .faith),
            .attributeNotPermitted("x"),
        ]
        for error in errors {
            #expect(error.what.hasSuffix(".") && error.remedy.hasSuffix("."))
            #expect(error.status != .success)
        }
    }

    @Test func decodedThresholdsKeepTheBounds() throws {
        let good = try JSONDecoder().decode(
            Safeguard.self, from: JSONEncoder().encode(Safeguard(thresholds: SafeguardThresholds(distress: 0.4))))
        #expect(good.thresholds.distress == 0.4)
        let bad = Data(#"{"thresholds":{"distress":0.99,"distressEmotion":0.5,"confidence":0.5}}"#.utf8)
        #expect(throws: SafeguardsError.self) { try JSONDecoder().decode(Safeguard.self, from: bad) }
    }
}
