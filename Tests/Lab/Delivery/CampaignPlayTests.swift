import Foundation
import LabDomain
import LabNumerics
import LabSafeguards
import LabStorage
import Testing

@testable import LabDelivery

/// Customers who always read the same: by number modulo 3 negative, unsure, positive. Every contact is clicked; every
/// third period brings a purchase of 1.
private struct PlainEnvironment: CustomerEnvironment {
    let schema = StateSchema(name: "plain", version: 1, features: ["number"])
    let actionCount = 5
    let horizon = 12
    let discount = 0.5

    func reset(customers: Range<Int>, into batch: inout EnvironmentBatch) {
        for (place, number) in customers.enumerated() {
            batch.observations[place] = Float(number)
            let reading: [Float] = [[0.8, 0.1, 0.1], [0.34, 0.33, 0.33], [0.1, 0.1, 0.8]][number % 3]
            for index in 0..<3 { batch.readings[3 * place + index] = reading[index] }
            batch.segments[place] = Int32(number % 2)
        }
    }

    func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
        for place in 0..<batch.count {
            if batch.ended(place) {
                batch.elapsed[place] = 0
                continue
            }
            batch.elapsed[place] = 1
            batch.periods[place] += 1
            let contact = actions[place] < 3
            batch.engagements[place] = contact ? 1 : 0
            batch.cost[place] = contact ? 0.25 : 0
            batch.conversions[place] = batch.periods[place] % 3 == 0 ? 1 : 0
            batch.revenue[place] = batch.periods[place] % 3 == 0 ? 1 : 0
            batch.truncated[place] = batch.periods[place] >= Int32(horizon)
        }
    }
}

/// Prefers one action; where it is not permitted, the others alike.
private struct Stubborn: PolicyScorer {
    let schema = StateSchema(name: "plain", version: 1, features: ["number"])
    let actionCount = 5
    let favourite: Int
    var ignoresMask = false

    func probabilities(states: [Float], permitted: [Bool]) throws -> [Float] {
        var result = [Float](repeating: 0, count: permitted.count)
        for row in 0..<states.count {
            let cells = row * 5..<row * 5 + 5
            if permitted[row * 5 + favourite] || ignoresMask {
                result[row * 5 + favourite] = 1
            } else {
                let count = permitted[cells].count { $0 }
                for cell in cells where permitted[cell] { result[cell] = 1 / Float(count) }
            }
        }
        return result
    }
}

@Suite struct CampaignPlayTests {
    private let creatives: [Creative] = CreativeKind.allCases.flatMap { kind in
        Sentiment.allCases.flatMap { sentiment in
            (0..<2).map { variant in
                Creative(
                    id: "\(kind.name)-\(sentiment.name)-\(variant)", kind: kind, platform: .email, sentiment: sentiment,
                    headline: "h", body: "b", callToAction: "c", aiGenerated: true, origin: "test")
            }
        }
    }
    private let price = Money(micros: 250_000)

    private func play(
        budget: Int64 = 1_000_000_000, caps: [FrequencyCap] = [FrequencyCap(limit: 100, window: 1_000)],
        pacing: Campaign.Pacing = .asap, safeguard: Safeguard? = Safeguard()
    ) throws -> CampaignPlay {
        let campaign = try Campaign(
            id: "c", name: "c", platforms: [.email], start: Date(timeIntervalSince1970: 0),
            end: Date(timeIntervalSince1970: 1.2), budget: Money(micros: budget), pacing: pacing, frequencyCaps: caps)
        let map = try ActionMap(
            CreativeKind.allCases.map { .contact(kind: $0, platform: .email, cost: price) }
                + [.wait(periods: 1), .wait(periods: 4)])
        return try CampaignPlay(
            campaign, map: map, shelf: CreativeShelf(creatives), safeguard: safeguard, period: 100)
    }

    private func outcome(_ play: CampaignPlay, favourite: Int, customers: Range<Int> = 0..<30) throws -> CampaignOutcome
    {
        try play.run(
            PlainEnvironment(), policy: Stubborn(favourite: favourite), customers: customers,
            stream: RandomStream(seed: 1, name: "test"))
    }

    @Test func theDistressedAreNeverPromotedTo() throws {
        let guarded = try outcome(try play(), favourite: 2)
        #expect(guarded.promotionsToDistressed == 0)
        for (place, promotions) in guarded.promotions.enumerated() { #expect((promotions == 12) == (place % 3 == 2)) }
        #expect(guarded.distressed.enumerated().allSatisfy { $1 == ($0 % 3 == 0 ? guarded.decisions[$0] : 0) })
        let unguarded = try outcome(try play(safeguard: nil), favourite: 2)
        #expect(unguarded.promotionsToDistressed == 10 * 12)
    }

    @Test func aPolicyThatIgnoresTheMaskIsStopped() throws {
        #expect(throws: DeliveryError.self) {
            try play().run(
                PlainEnvironment(), policy: Stubborn(favourite: 2, ignoresMask: true), customers: 0..<3,
                stream: RandomStream(seed: 1, name: "test"))
        }
    }

    @Test func moneyAndCountsAddUp() throws {
        let outcome = try outcome(try play(), favourite: 0)
        #expect(outcome.impressions.allSatisfy { $0 == 12 } && outcome.clicks.allSatisfy { $0 == 12 })
        #expect(outcome.conversions.allSatisfy { $0 == 4 })
        #expect(outcome.spent == 30 * 12 * price.micros)
        #expect(outcome.cost.reduce(0, +) == outcome.spent)
        #expect(outcome.spentByPeriod.last == outcome.spent && outcome.spentByPeriod.count == 12)
        // −0.25 a period and 1 in periods 3, 6, 9, 12, halved each period.
        let expected = (0..<12).reduce(0.0) { $0 + pow(0.5, Double($1)) * (($1 % 3 == 2 ? 1 : 0) - 0.25) }
        #expect(outcome.values.allSatisfy { abs($0 - expected) < 1e-12 })
        #expect(outcome.log.count == 360 && outcome.shown.reduce(0, +) == 360)
    }

    @Test func capsAndBudgetRefuse() throws {
        let capped = try outcome(try play(caps: [FrequencyCap(limit: 2, window: 400)]), favourite: 0)
        #expect(capped.impressions.allSatisfy { $0 == 6 })
        #expect(capped.capped == 30 * 6)
        let poor = try outcome(try play(budget: 10 * price.micros + 1), favourite: 0)
        #expect(poor.spent == 10 * price.micros && poor.exhausted == 30 * 12 - 10)
        let paced = try outcome(try play(budget: 120 * price.micros, pacing: .even), favourite: 0)
        #expect(paced.spentByPeriod == (1...12).map { $0 * 10 * price.micros })
        #expect(Set(paced.impressions).count > 2, "the budget is offered in random order")
    }

    @Test func waitsHoldForTheirLength() throws {
        let outcome = try outcome(try play(), favourite: 4)
        #expect(outcome.decisions.allSatisfy { $0 == 3 })
        #expect(outcome.impressions.allSatisfy { $0 == 0 } && outcome.conversions.allSatisfy { $0 == 4 })
    }

    @Test func aCustomerAlwaysSeesTheSameVariantForTheirReading() throws {
        let outcome = try outcome(try play(), favourite: 0)
        for customer in Set(outcome.log.customers) {
            let seen = Set(zip(outcome.log.customers, outcome.log.creatives).filter { $0.0 == customer }.map(\.1))
            #expect(seen.count == 1)
        }
        let arms = Set(outcome.log.creatives.map { creatives[Int($0)].id.last })
        #expect(arms.count == 2)
        #expect(creatives[Int(outcome.log.creatives[1])].kind == .inform)
        // Unsure readings get the neutral text.
        for (customer, creative) in zip(outcome.log.customers, outcome.log.creatives) where customer % 3 == 1 {
            #expect(creatives[Int(creative)].sentiment == .neutral)
        }
    }

    @Test func bucketsAreEven() {
        var counts = [0, 0, 0]
        for customer in 0..<9_000 { counts[CreativeShelf.bucket("c|promote|email|\(customer)", of: 3)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 3_000) < 180 })
    }

    @Test func theSameStreamGivesTheSameLogFile() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "delivery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var digests: Set<String> = []
        for index in 0..<2 {
            let url = folder.appending(path: "\(index).h5")
            let file = try HDF5File.create(url)
            try outcome(try play(), favourite: 2).log.write(to: file, group: "learned")
            try file.close()
            digests.insert(try Digest.sha256(file: url))
        }
        #expect(digests.count == 1)
    }

    @Test func aShelfWithGapsIsRefused() throws {
        let shelf = CreativeShelf(creatives.filter { $0.kind != .promote })
        let whole = try play()
        #expect(throws: DeliveryError.noCreative(kind: .promote, platform: .email)) {
            try CampaignPlay(whole.campaign, map: whole.map, shelf: shelf, safeguard: Safeguard(), period: 100)
        }
    }
}
