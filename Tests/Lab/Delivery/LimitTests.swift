import Foundation
import LabDomain
import Testing

@testable import LabDelivery

@Suite struct LimitTests {
    /// Against counting all earlier times, which is what a sliding window means.
    @Test func capsEqualCountingByHand() {
        let caps = [FrequencyCap(limit: 3, window: 100), FrequencyCap(limit: 5, window: 450)]
        var capper = FrequencyCapper(caps, customerCount: 4)
        var shown = [[Int64]](repeating: [], count: 4)
        var seed: UInt64 = 7
        var time: Int64 = 0
        for _ in 0..<4_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            time += Int64((seed >> 33) % 30)
            let customer = Int((seed >> 50) % 4)
            let expected = caps.allSatisfy { cap in
                shown[customer].count { $0 > time - cap.window } < cap.limit
            }
            #expect(capper.permits(customer: customer, at: time) == expected)
            if expected {
                capper.record(customer: customer, at: time)
                shown[customer].append(time)
            }
        }
        #expect(shown.allSatisfy { $0.count > 50 })
    }

    @Test func aWindowDoesNotStartAnewAtMidnight() {
        let day: Int64 = 86_400_000
        var capper = FrequencyCapper([FrequencyCap(limit: 1, window: day)], customerCount: 1)
        capper.record(customer: 0, at: day - 1)
        #expect(!capper.permits(customer: 0, at: day))
        #expect(!capper.permits(customer: 0, at: 2 * day - 2))
        #expect(capper.permits(customer: 0, at: 2 * day - 1))
        #expect(!FrequencyCapper([FrequencyCap(limit: 0, window: 1)], customerCount: 1).permits(customer: 0, at: 0))
    }

    @Test(arguments: Campaign.Pacing.allCases) func neverAMicroTooMuch(pacing: Campaign.Pacing) throws {
        let budget = Money(micros: 1_000_003)
        var pacer = BudgetPacer(budget: budget, pacing: pacing, duration: 977)
        var seed: UInt64 = 3
        for time in Int64(0)...1_200 {
            for _ in 0..<5 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let cost = Money(micros: Int64((seed >> 40) % 1_500))
                if try pacer.reserve(cost, at: time) {
                    if seed % 7 == 0 {
                        pacer.release(cost)
                    } else {
                        pacer.settle(reserved: cost, cost: Money(micros: cost.micros - cost.micros % 3))
                    }
                }
                #expect(pacer.spent + pacer.reserved <= pacer.allowance(at: time))
                #expect(pacer.spent + pacer.reserved <= budget.micros)
            }
        }
        #expect(pacer.reserved == 0)
        #expect(pacer.spent > budget.micros - 1_500, "what is wanted is spent")
        #expect(throws: DeliveryError.currencyDiffers(expected: "EUR", found: "USD")) {
            try pacer.reserve(Money(micros: 1, currency: "USD"), at: 1)
        }
    }

    @Test func evenPacingIsProportionalAndExactForHugeBudgets() {
        let pacer = BudgetPacer(budget: Money(micros: .max / 2), pacing: .even, duration: 3_000_000_000)
        #expect(pacer.allowance(at: 0) == 0)
        #expect(pacer.allowance(at: 1_500_000_000) == Int64.max / 4)
        #expect(pacer.allowance(at: 3_000_000_000) == Int64.max / 2)
    }

    @Test func reservationsUnderWayCount() throws {
        var pacer = BudgetPacer(budget: Money(micros: 100), pacing: .asap, duration: 10)
        #expect(try pacer.reserve(Money(micros: 60), at: 0))
        #expect(try !pacer.reserve(Money(micros: 60), at: 0))
        pacer.release(Money(micros: 60))
        #expect(try pacer.reserve(Money(micros: 60), at: 0))
        #expect(pacer.exhaustedCount == 1 && pacer.throttledCount == 0)
    }

    @Test func campaignsThatMakeNoSenseAreRefused() throws {
        func campaign(
            end: Double = 10, platforms: [Platform] = [.x], caps: [FrequencyCap] = [FrequencyCap(limit: 1, window: 1)],
            zone: String = "Europe/Berlin", budget: Int64 = 1
        ) throws -> Campaign {
            try Campaign(
                id: "c", name: "c", platforms: platforms, start: Date(timeIntervalSince1970: 0),
                end: Date(timeIntervalSince1970: end), timeZone: zone, budget: Money(micros: budget),
                frequencyCaps: caps)
        }
        #expect(try campaign().duration == 10_000)
        #expect(throws: DeliveryError.self) { try campaign(end: 0) }
        #expect(throws: DeliveryError.self) { try campaign(platforms: [.unknown]) }
        #expect(throws: DeliveryError.self) { try campaign(caps: []) }
        #expect(throws: DeliveryError.self) { try campaign(zone: "Mars/Olympus") }
        #expect(throws: DeliveryError.self) { try campaign(budget: -1) }
    }
}
