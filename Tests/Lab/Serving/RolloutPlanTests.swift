import Foundation
import LabDomain
import Testing

@testable import LabServing

@Suite("Rollouts")
struct RolloutPlanTests {
    /// Made with Python's hashlib: `(int.from_bytes(sha256(b"salt-1\\0" + name)[:8], "big") >> 11) * 2**-53`, where the
    /// name is followed by a zero byte and the decision's number.
    @Test(
        "A decision's bucket is what any other program computes",
        arguments: [
            ("a1", 0, 0.3434773816598722),
            ("a1", 1, 0.8256933321602121),
            ("c0ffee", 12, 0.7022022004320133),
        ])
    func golden(_ customer: String, _ decision: Int, _ bucket: Double) {
        let plan = RolloutPlan.doubling(from: 0.1, salt: "salt-1")
        #expect(plan.bucket(of: CustomerID(rawValue: customer), decision: decision) == bucket)
    }

    @Test("By customer, every decision falls in the same bucket")
    func byCustomer() {
        let plan = RolloutPlan(unit: .customer, salt: "salt-1", stages: [], guardrails: [])
        let buckets = (0..<5).map { plan.bucket(of: CustomerID(rawValue: "a1"), decision: $0) }
        #expect(buckets == [Double](repeating: 0.22681438296092116, count: 5))
    }

    @Test("Stages begin at the evidence and double up to everybody")
    func doubling() throws {
        let plan = RolloutPlan.doubling(from: 0.15, salt: "s")
        #expect(plan.stages.map(\.exposure) == [0.15, 0.3, 0.6, 1])
        #expect(RolloutPlan.doubling(from: 0, salt: "s").stages.map(\.exposure) == [0])
        #expect(RolloutPlan.doubling(from: 1, salt: "s").stages.map(\.exposure) == [1])
        try plan.validate()
    }

    @Test("Exposures that fall or leave [0, 1], no stage and no salt are refused")
    func invalid() {
        for exposures in [[0.5, 0.2], [-0.1], [0.5, 1.1], [], [.nan]] as [[Double]] {
            let stages = exposures.map { RolloutStage(name: "x", exposure: $0, requires: "y") }
            let plan = RolloutPlan(salt: "s", stages: stages, guardrails: [])
            #expect(throws: ServingError.self) { try plan.validate() }
        }
        #expect(throws: ServingError.self) { try RolloutPlan.doubling(from: 0.5, salt: "").validate() }
    }

    @Test("Buckets are spread evenly: ten cells of 10,000 decisions pass a chi-squared test at 1e-4")
    func even() {
        let plan = RolloutPlan.doubling(from: 0.1, salt: "spread")
        var cells = [Int](repeating: 0, count: 10)
        for number in 0..<10_000 {
            cells[Int(plan.bucket(of: CustomerID(rawValue: String(number / 10)), decision: number % 10) * 10)] += 1
        }
        let statistic = cells.reduce(0.0) { $0 + pow(Double($1) - 1_000, 2) / 1_000 }
        // The quantile of chi-squared with 9 degrees of freedom at 1 − 1e-4.
        #expect(statistic < 33.72)
    }
}
