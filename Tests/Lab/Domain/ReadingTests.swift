import Foundation
import Testing

@testable import LabDomain

@Suite("Reading")
struct ReadingTests {
    @Test("of equal probabilities the first is taken, so that equal readings give equal answers")
    func ties() {
        #expect(Reading(sentiment: [0.4, 0.4, 0.2], model: "m").mostProbable == .negative)
        #expect(Reading(sentiment: [0.2, 0.4, 0.4], model: "m").mostProbable == .neutral)
        #expect(Reading(sentiment: [0.1, 0.2, 0.7], model: "m").confidence == 0.7)
    }

    @Test("is the same after a trip through JSON")
    func roundTrip() throws {
        let reading = Reading(sentiment: [0.1, 0.2, 0.7], emotion: [.joy: 0.9, .fear: 0.1], model: "m")
        let data = try JSONEncoder().encode(reading)
        #expect(try JSONDecoder().decode(Reading.self, from: data) == reading)
    }
}

@Suite("StateSchema")
struct StateSchemaTests {
    @Test("two schemas that differ in name, version, a feature or the features' order have different canonical texts")
    func canonicalText() {
        let schema = StateSchema(name: "s", version: 1, features: ["a", "b"])
        let others = [
            StateSchema(name: "t", version: 1, features: ["a", "b"]),
            StateSchema(name: "s", version: 2, features: ["a", "b"]),
            StateSchema(name: "s", version: 1, features: ["b", "a"]),
            StateSchema(name: "s", version: 1, features: ["a"]),
        ]
        for other in others { #expect(other.canonicalText != schema.canonicalText) }
    }
}
