import Foundation
import GRDB
import LabDomain
import LabSafeguards
import LabStorage
import Testing

@testable import LabProfiles

@Suite struct ProfileStoreTests {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lab-profiles-\(UUID().uuidString).sqlite")

    func remove() {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: url.path + suffix) }
    }

    /// Events of a few customers from a small congruential generator.
    func records(_ count: Int, customers: Int = 40, seed: UInt64 = 1) -> [ProfileRecord] {
        var state = seed
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        return (0..<count).map { index in
            let customer = CustomerID(rawValue: "c\(next(UInt64(customers)))")
            let event: ProfileEvent
            switch next(8) {
            case 0, 1:
                let a = Float(next(100)) / 100
                let b = (1 - a) * Float(next(100)) / 100
                event = .reading(SIMD3(a, b, 1 - a - b))
            case 2: event = .reading(nil)
            case 3: event = .impression(CreativeKind.allCases[next(3)], channel: next(3))
            case 4: event = .engagement(count: 1 + next(3))
            case 5: event = .purchase(Money(micros: Int64(next(50_000_000))))
            case 6: event = .wait(periods: 1 + next(4))
            default: event = next(30) == 0 ? .churn : .objection(next(2) == 0)
            }
            return ProfileRecord(customer: customer, time: Int64(index / 3), event: event)
        }
    }

    @Test func replayGivesTheSameState() throws {
        defer { remove() }
        let all = records(3000)
        let store = try ProfileStore(url)
        for start in stride(from: 0, to: all.count, by: 700) {
            try store.append(Array(all[start..<min(start + 700, all.count)]))
        }
        let digest = store.state.digest
        #expect(try store.replay().digest == digest)
        #expect(try ProfileStore(url).state.digest == digest)
        // The pure fold without a database agrees, too.
        var fold = ProfileState()
        for record in all { fold.apply(record) }
        #expect(fold.digest == digest)
        // Another order of two events of one customer is another state.
        var other = ProfileState()
        for record in all.dropLast() { other.apply(record) }
        #expect(other.digest != digest)
    }

    @Test func snapshotAndRestEqualTheWhole() throws {
        defer { remove() }
        let all = records(2000)
        let store = try ProfileStore(url)
        try store.append(Array(all[..<1200]))
        try store.writeSnapshot()
        try store.append(Array(all[1200...]))
        let reopened = try ProfileStore(url)
        #expect(reopened.state.digest == store.state.digest)
        #expect(try reopened.replay().digest == store.state.digest)
        // A damaged snapshot is not believed.
        try store.queue.write {
            try $0.execute(
                sql:
                    "UPDATE snapshots SET state = CAST(substr(state, 1, length(state) - 8) || x'0000000000000001' AS BLOB)"
            )
        }
        #expect(try ProfileStore(url).state.digest == store.state.digest)
        try store.queue.write { try $0.execute(sql: "UPDATE snapshots SET state = x'00'") }
        #expect(try ProfileStore(url).state.digest == store.state.digest)
    }

    @Test func twoWritersSeeEachOther() throws {
        defer { remove() }
        let all = records(600)
        let first = try ProfileStore(url)
        let second = try ProfileStore(url)
        try first.append(Array(all[..<200]))
        try second.append(Array(all[200..<400]))
        try first.append(Array(all[400...]))
        try second.refresh()
        #expect(first.state.digest == second.state.digest)
        #expect(first.state.sequence == 600)
        #expect(try first.replay().digest == first.state.digest)
    }

    @Test func aRefusedBatchLeavesNothing() throws {
        defer { remove() }
        let store = try ProfileStore(url)
        try store.append(records(10))
        let before = store.state.digest
        let customer = CustomerID(rawValue: "x")
        let bad: [ProfileEvent] = [
            .engagement(count: 0), .wait(periods: 0), .purchase(Money(micros: -1)), .impression(.inform, channel: -1),
        ]
        for event in bad {
            #expect(throws: ProfilesError.self) {
                try store.append([
                    ProfileRecord(customer: customer, time: 0, event: .churn),
                    ProfileRecord(customer: customer, time: 0, event: event),
                ])
            }
        }
        #expect(store.state.digest == before)
        #expect(try store.replay().digest == before)
        #expect(throws: (any Error).self) {
            try store.queue.write { try $0.execute(sql: "UPDATE events SET kind = 5") }
        }
    }

    @Test func otherRulesAndLostEventsAreErrors() throws {
        defer { remove() }
        let store = try ProfileStore(url)
        try store.append(records(20))
        #expect(throws: ProfilesError.self) { try ProfileStore(url, rules: ProfileRules(smoothing: 0.5)) }
        try store.queue.write { try $0.execute(sql: "DELETE FROM events WHERE sequence = 7") }
        #expect(throws: ProfilesError.damaged(url, "event 7 is missing or malformed")) { try store.replay() }
        #expect(throws: ProfilesError.self) { try ProfileStore(url) }
    }

    /// The tables have no column that could hold a text of a customer, and each speaks of a permitted attribute.
    @Test func nothingElseThanPermittedIsStored() throws {
        defer { remove() }
        let store = try ProfileStore(url)
        try store.append(records(200))
        try store.materialise()
        let columns = try store.queue.read { database in
            try ["events", "profiles", "customers"].flatMap { try database.columns(in: $0).map(\.name) }
        }
        for name in columns { #expect(SpecialCategory.named(in: name) == nil, "\(name)") }
        let kept: [String: ProfileAttribute] = [
            "segment": .observedSegment, "sentiment": .sentiment, "readings": .readings, "unknown": .readings,
            "negative": .sentiment, "neutral": .sentiment, "positive": .sentiment, "trend": .sentiment,
            "impressions": .impressions, "engagements": .engagements, "purchases": .purchases,
            "revenue_micros": .revenue, "waits": .waits, "churned": .churned, "objected": .objection,
        ]
        let profileColumns = try store.queue.read { try $0.columns(in: "profiles").map(\.name) }
        #expect(Set(profileColumns) == Set(kept.keys).union(["customer", "last_time"]))
        let rows = try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM profiles") }
        #expect(rows == store.state.count)
    }

    @Test func appendsFast() throws {
        defer { remove() }
        let store = try ProfileStore(url)
        let all = records(20_000, customers: 2000)
        let time = try ContinuousClock().measure { try store.append(all) }
        // 50,000 a second in release on an idle machine; debug builds and busy machines get ten times as long.
        #expect(time < .seconds(4))
        try store.finalise()
        #expect(!FileManager.default.fileExists(atPath: url.path + "-wal"))
    }
}
