import Foundation
import GRDB
import LabDomain
import LabNumerics
import LabStorage
import Testing

@testable import LabPrivacy

@Suite struct PrivacyLedgerTests {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("lab-ledger-\(UUID().uuidString)")
    let now = Date(timeIntervalSince1970: 1_800_000_000)

    func request(_ query: String = "q", data: String = "d", epsilon: Double = 0.5) throws -> ReleaseRequest {
        ReleaseRequest(population: "p", query: query, dataDigest: data, cost: try PrivacyCost(epsilon: epsilon))
    }

    func ledger(_ budget: Double = 1) throws -> PrivacyLedger {
        let ledger = try PrivacyLedger(home: home, owner: "acme")
        try ledger.ensureBudget(PrivacyCost(epsilon: budget), population: "p", at: now)
        return ledger
    }

    @Test func chargesOnceAndAnswersFromStore() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let ledger = try ledger()
        var computed = 0
        let first = try ledger.release(request(), at: now) {
            computed += 1
            // Already charged while computing.
            let spent = try ledger.balance(of: "p").spent.epsilon
            #expect(spent == 0.5)
            return Data("v".utf8)
        }
        #expect(first.charged.epsilon == 0.5)
        let again = try PrivacyLedger(home: home, owner: "acme").release(request(), at: now) {
            computed += 1
            return Data("w".utf8)
        }
        #expect(again.value == Data("v".utf8))
        #expect(again.charged == .zero)
        #expect(again.balance == first.balance)
        #expect(computed == 1)
        // Other data or another question is another charge.
        _ = try ledger.release(request(data: "e"), at: now) { Data() }
        #expect(try ledger.balance(of: "p").remaining.epsilon == 0)
        #expect(try ledger.entries().map(\.kind) == [.budget, .charge, .value, .charge, .value])
    }

    @Test func refusesBeforeComputing() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let ledger = try ledger()
        _ = try ledger.release(request("a", epsilon: 0.7), at: now) { Data() }
        #expect {
            try ledger.release(request("b", epsilon: 0.300000001), at: now) {
                Issue.record("computed what may not be")
                return Data()
            }
        } throws: { error in
            guard case PrivacyError.budgetExceeded(let population, let asked, let balance)? = error as? PrivacyError
            else { return false }
            return population == "p" && asked.epsilon == 0.300000001 && balance.spent.epsilon == 0.7
        }
        #expect(try ledger.entries().count == 3)
        // Sums are exact: what fits to the last billionth is paid.
        _ = try ledger.release(request("b", epsilon: 0.3), at: now) { Data() }
        #expect(throws: PrivacyError.self) {
            try ledger.release(
                ReleaseRequest(
                    population: "stranger", query: "q", dataDigest: "d", cost: PrivacyCost(epsilon: 0.1)), at: now
            ) { Data() }
        }
    }

    @Test func aFailureLeavesTheChargeSpent() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        struct Broken: Error {}
        let ledger = try ledger()
        #expect(throws: Broken.self) { try ledger.release(request(), at: now) { throw Broken() } }
        #expect(try ledger.balance(of: "p").spent.epsilon == 0.5)
        // Not stored, so asked again it is charged again.
        #expect(try ledger.release(request(), at: now) { Data() }.charged.epsilon == 0.5)
    }

    @Test func aCrashBetweenChargeAndValueKeepsTheCharge() async throws {
        defer { try? FileManager.default.removeItem(at: home) }
        _ = try ledger()
        let path = home.path
        await #expect(processExitsWith: .exitCode(9)) { [path = path as String] in
            let ledger = try PrivacyLedger(home: URL(filePath: path), owner: "acme")
            let request = ReleaseRequest(
                population: "p", query: "q", dataDigest: "d", cost: try PrivacyCost(epsilon: 0.5))
            _ = try ledger.release(request, at: Date(timeIntervalSince1970: 0)) { _exit(9) }
        }
        let after = try ledger()
        #expect(try after.balance(of: "p").spent.epsilon == 0.5)
        #expect(try after.entries().map(\.kind) == [.budget, .charge])
    }

    /// Two processes ask for 60 different releases each under a budget for 50 altogether.
    @Test func twoProcessesNeverOverspend() async throws {
        defer { try? FileManager.default.removeItem(at: home) }
        _ = try ledger(50)
        let path = home.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in ["a", "b"] {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String, name = name as String] in
                        let ledger = try PrivacyLedger(home: URL(filePath: path), owner: "acme")
                        for number in 0..<60 {
                            let request = ReleaseRequest(
                                population: "p", query: "\(name) \(number)", dataDigest: "d",
                                cost: try PrivacyCost(epsilon: 1))
                            do {
                                _ = try ledger.release(request, at: Date(timeIntervalSince1970: 0)) { Data(name.utf8) }
                            } catch PrivacyError.budgetExceeded {
                                continue
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let after = try ledger()
        try after.verify()
        #expect(try after.balance(of: "p").spent.epsilon == 50)
        #expect(try after.entries().count { $0.kind == .charge } == 50)
        #expect(try after.entries().count { $0.kind == .value } == 50)
    }

    @Test(arguments: [
        "UPDATE entries SET epsilon = 1 WHERE sequence = 2", "DELETE FROM entries WHERE sequence = 2",
        "UPDATE entries SET query = 'other' WHERE sequence = 2", "DELETE FROM entries WHERE sequence = 1",
    ]) func detectsAlteration(_ statement: String) throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let ledger = try ledger()
        _ = try ledger.release(request(), at: now) { Data("v".utf8) }
        #expect(throws: (any Error).self) { try ledger.queue.write { try $0.execute(sql: statement) } }
        try ledger.verify()
        // Even someone who drops the triggers first is found out.
        try ledger.queue.write {
            try $0.execute(sql: "DROP TRIGGER entries_stay; DROP TRIGGER entries_remain; \(statement)")
        }
        #expect(throws: PrivacyError.self) { try ledger.verify() }
        #expect(throws: PrivacyError.self) { try ledger.release(request("b"), at: now) { Data() } }
        #expect(throws: PrivacyError.self) { try PrivacyLedger(home: home, owner: "acme") }
    }

    @Test func isReadableByItsUserAlone() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let url = try ledger().url
        #expect(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
        #expect(throws: PrivacyError.self) { try PrivacyLedger(home: home, owner: "acme") }
    }

    @Test func costsAreNeverUnderstated() throws {
        #expect(try PrivacyCost(epsilon: 0.1).epsilonNano == 100_000_000)
        #expect(try PrivacyCost(epsilon: 1.0 / 3).epsilonNano == 333_333_334)
        #expect(try PrivacyCost(epsilon: 1e-12).epsilonNano == 1)
        #expect(try PrivacyCost(epsilon: 0, delta: 1e-6).delta >= 1e-6)
        for bad in [-1, .nan, .infinity, 1001] {
            #expect(throws: PrivacyError.self) { try PrivacyCost(epsilon: bad) }
        }
        #expect(throws: PrivacyError.self) { try PrivacyCost(epsilon: 1, delta: 1) }
    }

    @Test func releasesAHistogram() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let ledger = try ledger()
        let query = HistogramQuery(name: "emotion", cells: ["a", "b", "c"], epsilon: try Rational(1, 2))
        let members = (0..<300).map { (customer: CustomerID(rawValue: "\($0)"), cell: $0 % 2) }
        let noise = NoiseSource.simulation(RandomStream(seed: 3, name: "noise"))
        let paid = try ledger.release(query, members: members, population: "p", noise: noise, at: now)
        let released = try ReleasedHistogram(json: paid.value)
        #expect(released.environment == "simulation" && released.sensitivity == 1 && released.spentEpsilon == 0.5)
        // Six times the 95 % half-width is passed by chance once in 10⁷ seeds; an empty cell is released as well.
        for (count, truth) in zip(released.counts, [150, 150, 0]) {
            #expect(abs(count - truth) <= 6 * released.halfWidth)
        }
        #expect(released.counts != [150, 150, 0])
        let again = try ledger.release(
            query, members: members.reversed(), population: "p", noise: .simulation(RandomStream(seed: 4, name: "n")),
            at: now)
        #expect(again.value == paid.value && again.charged == .zero)
    }

    @Test func histogramsKeepTheirSensitivity() throws {
        defer { try? FileManager.default.removeItem(at: home) }
        let ledger = try ledger()
        let query = HistogramQuery(name: "x", cells: ["a"], relation: .replaceOne, epsilon: try Rational(1))
        #expect(query.sensitivity == 2)
        #expect(try query.noise().scale == Rational(2))
        let customer = CustomerID(rawValue: "c")
        for members in [
            [(customer: customer, cell: 0), (customer: customer, cell: 0)], [(customer: customer, cell: 1)],
        ] {
            #expect(throws: PrivacyError.self) {
                try ledger.release(query, members: members, population: "p", noise: .cryptographic, at: now)
            }
        }
        #expect(try ledger.balance(of: "p").spent == .zero)
    }
}
