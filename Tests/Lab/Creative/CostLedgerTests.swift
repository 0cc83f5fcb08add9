import Foundation
import LabDomain
import LabStorage
import Testing

@testable import LabCreative

@Suite struct CostLedgerTests {
    private func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    @Test func theCapHoldsUnderConcurrencyAndAcrossConnections() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "costs.sqlite")
        let cap = Money(micros: 1_000)
        let ledgers = [try CostLedger(url, cap: cap), try CostLedger(url, cap: cap)]
        let granted = await withTaskGroup(of: Int.self) { group in
            for index in 0..<60 {
                group.addTask {
                    let reservation = try? ledgers[index % 2].reserve(
                        Money(micros: 70), model: "m", purpose: "p\(index)")
                    return reservation == nil ? 0 : 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(granted == 14, "14 × 70 = 980 fit under 1,000, a fifteenth does not")
        let balance = try ledgers[0].balance()
        #expect(balance.reserved.micros == 980 && balance.spent.micros == 0 && balance.refusals == 46)
    }

    @Test func settlingFreesWhatWasNotUsedAndReleasingFreesAll() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = try CostLedger(folder.appending(path: "costs.sqlite"), cap: Money(micros: 100))
        let first = try ledger.reserve(Money(micros: 90), model: "m", purpose: "a")
        #expect(throws: CreativeError.self) { try ledger.reserve(Money(micros: 11), model: "m", purpose: "b") }
        try ledger.settle(first, cost: Money(micros: 30), usage: TokenUsage(input: 5, output: 7))
        let second = try ledger.reserve(Money(micros: 70), model: "m", purpose: "c")
        try ledger.release(second)
        #expect(throws: CreativeError.unknownReservation(second.id)) { try ledger.release(second) }
        #expect(throws: CreativeError.unknownReservation(first.id)) {
            try ledger.settle(first, cost: Money(micros: 1), usage: TokenUsage(input: 0, output: 0))
        }
        let balance = try ledger.balance()
        #expect(
            balance.spent.micros == 30 && balance.reserved.micros == 0 && balance.calls == 1 && balance.refusals == 1)
        try ledger.close()
        let dump = try SQLite.canonicalDump(folder.appending(path: "costs.sqlite"))
        #expect(!dump.isEmpty)
        #expect(throws: CreativeError.self) {
            try CostLedger(folder.appending(path: "costs.sqlite"), cap: Money(micros: 101))
        }
    }

    @Test func pricesRoundUpAndCeilingsBoundThem() {
        let price = ModelPrice(
            model: "m", inputPerMillion: 500_000, outputPerMillion: 2_000_000, source: "", asOf: "")
        #expect(price.cost(TokenUsage(input: 1, output: 0)).micros == 1)
        #expect(price.cost(TokenUsage(input: 1_000, output: 100)).micros == 700)
        #expect(price.cost(TokenUsage(input: 0, output: 0, cachedInput: 2)).micros == 1, "unknown discounts are none")
        let request = CompletionRequest(model: "m", messages: [.init(.user, "茶茶")], maximumOutputTokens: 100)
        #expect(price.ceiling(request).micros == 211)
        #expect(throws: CreativeError.noPrice(model: "x")) { try PriceTable.stub.price(of: "x") }
    }
}
