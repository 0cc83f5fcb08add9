import Foundation
import LabDomain
import Testing

@testable import LabServing

@Suite("Rollouts")
struct RolloutPlanTests {
    /// Made with Python's hashlib: `(int.from_bytes(sha256(b"salt-1\\0" + name)[:8], "big") >> 11) * 2**-53`.
    @Test(
        "A customer's bucket is what any other program computes",
        arguments: [("a1", 0.22681438296092116), ("00ff", 0.712384877832916), ("c0ffee", 0.29434901902667876)])
    func golden(_ customer: String, _ bucket: Double) {
        let plan = RolloutPlan.doubling(from: 0.1, salt: "salt-1")
        #expect(plan.bucket(of: CustomerID(rawValue: customer)) == bucket)
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

    @Test("Buckets are spread evenly: ten cells of 10,000 customers pass a chi-squared test at 1e-4")
    func even() {
        let plan = RolloutPlan.doubling(from: 0.1, salt: "spread")
        var cells = [Int](repeating: 0, count: 10)
        for number in 0..<10_000 {
            cells[Int(plan.bucket(of: CustomerID(rawValue: String(number))) * 10)] += 1
        }
        let statistic = cells.reduce(0.0) { $0 + pow(Double($1) - 1_000, 2) / 1_000 }
        // The quantile of chi-squared with 9 degrees of freedom at 1 − 1e-4.
        #expect(statistic < 33.72)
    }
}
