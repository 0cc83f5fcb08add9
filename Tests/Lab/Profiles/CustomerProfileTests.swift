import Foundation
import LabDomain
import LabStorage
import Testing

@testable import LabProfiles

@Suite struct CustomerProfileTests {
    let ada = CustomerID(rawValue: "ada")

    func state(_ events: [ProfileEvent]) -> ProfileState {
        var state = ProfileState()
        for (time, event) in events.enumerated() {
            state.apply(ProfileRecord(customer: ada, time: Int64(time), event: event))
        }
        return state
    }

    /// Averages by hand: 0.3 for the new, 0.7 for the old; the slow one 0.1 and 0.9.
    @Test func averagesFollowTheRules() throws {
        let profile = try #require(
            state([.reading(SIMD3(0.1, 0.2, 0.7)), .reading(SIMD3(0.6, 0.3, 0.1)), .reading(SIMD3(0.8, 0.1, 0.1))])[ada]
        )
        let journey = profile.journey
        #expect(abs(journey.average.x - (0.7 * (0.7 * 0.1 + 0.3 * 0.6) + 0.3 * 0.8)) < 1e-6)
        #expect(abs(journey.average.sum() - 1) < 1e-6)
        #expect(abs(journey.slowAverage.z - (0.9 * (0.9 * 0.7 + 0.1 * 0.1) + 0.1 * 0.1)) < 1e-6)
        #expect(journey.trend < 0)
        #expect(journey.counts == SIMD3(2, 0, 1))
        #expect(journey.current == .negative)
    }

    @Test func unknownReadingsStayUnknown() throws {
        let unknown: [SIMD3<Float>?] = [
            nil, SIMD3(0.34, 0.33, 0.33), SIMD3(.nan, 0.5, 0.5), SIMD3(0.9, 0.9, 0.9), SIMD3(-1, 1, 1), .zero,
            SIMD3(.infinity, 0, 0),
        ]
        let before = try #require(state([.reading(SIMD3(0, 0, 1))])[ada])
        let after = try #require(state([.reading(SIMD3(0, 0, 1))] + unknown.map { .reading($0) })[ada])
        #expect(after.journey.unknown == Int64(unknown.count))
        #expect(after.journey.average == before.journey.average)
        #expect(after.journey.last == before.journey.last)
        #expect(before.journey.current == .positive)
        // What was read before does not stand in for what cannot be read now.
        #expect(after.journey.current == nil)
        #expect(after.segment == .new)
    }

    @Test func countsBehaviour() throws {
        let profile = try #require(
            state([
                .impression(.promote, channel: 2), .engagement(count: 2), .purchase(Money(micros: 1_500_000)),
                .impression(.inform, channel: 0), .wait(periods: 4), .objection(true), .churn,
            ])[ada])
        #expect(profile.impressions == SIMD3(1, 0, 1))
        #expect(profile.engagements == 2 && profile.purchases == 1 && profile.revenueMicros == 1_500_000)
        #expect(profile.waits == 4 && profile.lastContact == 3 && profile.lastEngagement == 1)
        #expect(profile.lastCreativeKind == 0 && profile.lastChannel == 0)
        #expect(profile.churned && profile.objected && profile.events == 7 && profile.lastTime == 6)
    }

    @Test func segmentsFollowTheRules() throws {
        let negative = ProfileEvent.reading(SIMD3(0.9, 0.05, 0.05))
        let neutral = ProfileEvent.reading(SIMD3(0.05, 0.9, 0.05))
        let positive = ProfileEvent.reading(SIMD3(0.05, 0.05, 0.9))
        let cases: [([ProfileEvent], ObservedSegment)] = [
            ([], .new), ([negative], .new), ([negative, negative], .troubled), ([positive, positive], .content),
            ([neutral, neutral, neutral], .steady), ([neutral, neutral, negative], .declining),
            ([negative, positive, positive, positive], .content),
        ]
        for (events, expected) in cases {
            #expect(state([.wait(periods: 1)] + events)[ada]?.segment == expected, "\(events)")
        }
    }

    @Test func remembersTheLastFive() throws {
        let events = (0..<9).map { ProfileEvent.reading(SIMD3(0.5 + Float($0) / 100, 0.5 - Float($0) / 100, 0)) }
        let journey = try #require(state(events)[ada]?.journey)
        #expect(journey.last.count == 5)
        #expect(journey.last.first?.x == 0.54)
        #expect(journey.last.last?.x == 0.58)
    }

    @Test func encodesProfilesForPolicies() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lab-encoder-\(UUID().uuidString).sqlite")
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: url.path + suffix) } }
        let store = try ProfileStore(url)
        try store.append([
            ProfileRecord(customer: ada, time: 0, event: .reading(SIMD3(0.1, 0.2, 0.7))),
            ProfileRecord(customer: ada, time: 0, event: .engagement(count: 3)),
        ])
        let encoder = ProfileEncoder(store)
        let vector = try #require(try encoder.state(of: ada))
        #expect(vector.values.count == encoder.schema.features.count)
        #expect(vector.values[2] == 0.7)
        #expect(vector.values[13] == Float(log(4.0)))
        #expect(vector.values.count { $0.isFinite } == vector.values.count)
        #expect(vector.schemaDigest == Digest.sha256(Data(encoder.schema.canonicalText.utf8)))
        #expect(try encoder.state(of: CustomerID(rawValue: "nobody")) == nil)
    }

    @Test func rulesHaveBounds() throws {
        #expect(throws: ProfilesError.self) { try ProfileRules(confidence: 0.2) }
        #expect(throws: ProfilesError.self) { try ProfileRules(smoothing: 0) }
        #expect(throws: ProfilesError.self) { try ProfileRules(smoothing: 0.1, slowSmoothing: 0.2) }
        #expect(throws: ProfilesError.self) { try ProfileRules(confidence: .nan) }
    }
}
