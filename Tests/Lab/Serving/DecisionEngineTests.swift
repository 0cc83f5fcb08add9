import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage
import Testing

@testable import LabServing

@Suite("Decisions from a bundle")
struct DecisionEngineTests {
    static let state = StateVector(
        values: [0.1, 0.2, 0.3], schemaDigest: Digest.sha256(BundleFixture.schema.canonicalText))
    static let glad = Reading(sentiment: [0.05, 0.15, 0.8], model: "m")
    static let sad = Reading(sentiment: [0.8, 0.15, 0.05], model: "m")

    static func engine(_ fixture: BundleFixture, stage: Int = 0, learned: any PolicyScorer = BundleFixture.Eager())
        throws -> DecisionEngine
    {
        try DecisionEngine(
            bundle: fixture.bundle, stage: stage, verifier: BundleVerifier(loader: BundleFixture.loader(learned)))
    }

    @Test("Exposed decisions are the learned policy's, the others the behaviour policy's, in the stage's share")
    func arms() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let first = try Self.engine(fixture)
        let second = try Self.engine(fixture, stage: 1)
        var stream = RandomStream(seed: 1, name: "arms")
        var exposed = 0
        for number in 0..<2_000 {
            let customer = CustomerID(rawValue: String(number, radix: 16))
            let early = try first.decide(
                customer: customer, number: 0, state: Self.state, reading: Self.glad, audience: .adult, stream: &stream)
            let late = try second.decide(
                customer: customer, number: 0, state: Self.state, reading: Self.glad, audience: .adult, stream: &stream)
            if early.arm == .learned {
                exposed += 1
                #expect(early.decision.action == 2)
                #expect(late.arm == .learned)
            } else {
                // The mixture's: 0.25 · (1 for promote, else 0) + 0.75 · 0.25.
                let expected = early.decision.action == 2 ? 0.4375 : 0.1875
                #expect(abs(early.decision.propensity - expected) < 1e-6)
            }
        }
        // 2,000 · 0.25 ± 4 standard deviations of 19.4.
        #expect(abs(exposed - 500) < 78)
    }

    @Test("No promotion to the distressed, nothing personal to minors, nothing at all to those who object to contact")
    func safeguards() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write(BundleFixture.content(exposure: 1))
        let engine = try Self.engine(fixture)
        var stream = RandomStream(seed: 1, name: "safeguards")
        let minor = Audience(age: .minor, objection: .none)
        let gone = Audience(age: .adult, objection: .contact)
        for number in 0..<300 {
            let customer = CustomerID(rawValue: String(number, radix: 16))
            func decide(_ reading: Reading?, _ audience: Audience) throws -> ServedDecision {
                try engine.decide(
                    customer: customer, number: 0, state: Self.state, reading: reading, audience: audience,
                    stream: &stream)
            }
            #expect(try [0, 3].contains(decide(Self.sad, .adult).decision.action))
            #expect(try decide(nil, .adult).decision.action != 2)
            let contextual = try decide(Self.glad, minor)
            #expect(contextual.arm == .behaviour && contextual.targeting == .contextual)
            #expect(try decide(Self.glad, gone).decision.action == 3)
            #expect(try decide(Self.glad, .adult).decision.action == 2)
        }
    }

    @Test("A state of another schema is refused, a stage that is not there too, and so is a changed bundle")
    func refusals() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write()
        let engine = try Self.engine(fixture)
        var stream = RandomStream(seed: 1, name: "refusals")
        #expect(throws: ServingError.self) {
            try engine.decide(
                customer: CustomerID(rawValue: "a"), number: 0,
                state: StateVector(values: [1, 2, 3], schemaDigest: "other"),
                reading: nil, audience: .adult, stream: &stream)
        }
        #expect(throws: ServingError.noSuchStage(stage: 9, count: 3)) { try Self.engine(fixture, stage: 9) }
        try fixture.flip(BundleFiles.policy)
        #expect(throws: ServingError.self) { try Self.engine(fixture) }
    }

    @Test("A learned policy that fails in service gives way to the behaviour policy")
    func fallback() throws {
        let fixture = try BundleFixture()
        defer { fixture.remove() }
        try fixture.write(BundleFixture.content(exposure: 1))
        let engine = try Self.engine(fixture, learned: Faulty())
        var stream = RandomStream(seed: 1, name: "fallback")
        let served = try engine.decide(
            customer: CustomerID(rawValue: "a"), number: 0, state: Self.state, reading: Self.glad, audience: .adult,
            stream: &stream)
        #expect(served.arm == .behaviour)
        #expect(served.reasons.contains { $0.contains("learned policy failed") })
    }

    /// Passes verification, which asks for many states at once, and fails for single ones.
    struct Faulty: PolicyScorer {
        let schema = BundleFixture.schema
        let actionCount = 4
        func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
            permitted.count > 4
                ? try BundleFixture.Even().probabilities(states: states, permitted: permitted)
                : permitted.map { _ in .nan }
        }
    }
}
