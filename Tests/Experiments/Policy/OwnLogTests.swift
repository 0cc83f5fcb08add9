import Foundation
import LabDomain
import LabNumerics
import LabPolicy
import LabRuns
import LabTestKit
import Testing

@testable import LabExperiments

/// A user's own log of decisions, from CSV to a policy.
@Suite struct OwnLogTests {
    /// Customers of 3 decisions each; the third action is forbidden to those who are sad.
    private static func rows(_ customers: Int, withPropensities: Bool) -> String {
        var stream = RandomStream(seed: 1, name: "rows")
        var lines = ["who,week,shown,profit,gone,mood,visits,age,clicks,may_sell\(withPropensities ? ",p" : "")"]
        for customer in 0..<customers {
            for week in 0..<3 {
                let isSad = stream.nextInt(below: 3) == 0
                let action = stream.nextInt(below: isSad ? 2 : 3)
                let profit = Double(action) * (isSad ? -1 : 1) + stream.nextDouble()
                let fields = [
                    "c\(customer)", "\(week)", ["hold", "calm", "sell"][action], "\(profit)", week == 2 ? "1" : "0",
                    isSad ? "-1" : "1", "\(stream.nextInt(below: 5))", "40", "\(stream.nextInt(below: 2))",
                    isSad ? "0" : "1",
                ]
                let share = withPropensities ? [isSad ? "0.5" : "0.3333333"] : []
                lines.append((fields + share).joined(separator: ","))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func map(_ name: String, withPropensities: Bool) -> String {
        """
        kind: journeys
        name: \(name)
        columns: {episode: who, step: week, action: shown, reward: profit, terminal: gone\
        \(withPropensities ? ", propensity: p" : "")}
        features: [mood, visits, age, clicks]
        actions: [hold, calm, sell]
        permitted: {sell: may_sell}
        discount: 0.9
        """
    }

    static func add(_ place: PolicyWorkspace, customers: Int = 40, withPropensities: Bool) async throws {
        try place.write(rows(customers, withPropensities: withPropensities), "log.csv")
        try place.write(map(place.ownLog, withPropensities: withPropensities), "map.yaml")
        let added = await place.labctl("data", "add", place.path("log.csv"), "--map", place.path("map.yaml"))
        #expect(added.status == 0, "\(added.errors)")
    }

    @Test(arguments: [true, false])
    func aPolicyIsLearnedFromIt(withPropensities: Bool) async throws {
        let place = try PolicyWorkspace()
        try await Self.add(place, withPropensities: withPropensities)
        let trained = await place.labctl(
            ["train", "policy/cql", "--set", "log=\(place.ownLog)"] + PolicyWorkspace.training)
        #expect(trained.status == 0, "\(trained.errors)")
        let run = try place.workspace.run("policy/cql/1")
        #expect(Set(run.record.datasets.keys) == [place.ownLog] && run.record.parents.isEmpty)
        #expect(run.evaluation.notes.contains { $0.contains("propensities: they were estimated") } == !withPropensities)
        #expect(run.evaluation.notes.contains { $0.contains("the truth is not known") })
        let policy = try run.policy()
        #expect(policy.schema.features == ["mood", "visits", "age", "clicks"] && policy.actionCount == 3)
        // The column that says what may be shown holds for the policy.
        let sad = try policy.probabilities(states: [-1, 2, 40, 1], permitted: [true, true, false])
        #expect(sad[2] == 0)

        // The same log judges a model that PyTorch wrote, which takes the action itself as d3rlpy's exports do.
        let model = Fixture.file("ONNX/torch_chooser.onnx").path
        let judged = await place.labctl(
            [
                "train", "policy/onnx", "--set", "log=\(place.ownLog)", "--set", "model=\(model)", "--set",
                "reading=actions",
            ]
                + PolicyWorkspace.short)
        #expect(judged.status == 0, "\(judged.errors)")
        let evaluation = try place.workspace.run("policy/onnx/1").evaluation
        let estimates = try #require(evaluation.table("estimates"))
        #expect(estimates.rows.contains { $0.first == .text("learned") })
        // One that reads five numbers is refused.
        let wide = Fixture.file("ONNX/torch_mlp.onnx").path
        let refused = await place.labctl(
            ["train", "policy/onnx", "--set", "log=\(place.ownLog)", "--set", "model=\(wide)"] + PolicyWorkspace.short)
        #expect(refused.status == 65 && refused.errors.contains("rows of 5 numbers"), "\(refused.errors)")
        #expect(try place.isLeftUnsealed("policy/onnx/2"))
    }

    @Test func aRewardThatTheLogDoesNotKnowIsNamed() async throws {
        let place = try PolicyWorkspace()
        try await Self.add(place, withPropensities: true)
        let trained = await place.labctl(
            ["train", "policy/dqn", "--set", "log=\(place.ownLog)", "--set", "reward.revenue=1"]
                + PolicyWorkspace.training)
        #expect(trained.status == 65)
        #expect(
            trained.errors.contains("the reward needs revenue, which the log does not know at episode 0, step 0"),
            "\(trained.errors)")
        // A setting that cannot work is refused before anything is begun.
        let negative = await place.labctl(
            "train", "policy/dqn", "--set", "log=\(place.ownLog)", "--set", "reward.churnPenalty=-1")
        #expect(negative.status == 65 && negative.errors.contains("reward.churnPenalty"), "\(negative.errors)")
        #expect(!place.exists("runs/policy.dqn/2"))
    }

    /// Nobody would be left to judge what was learned.
    @Test func aLogOfOneCustomerCannotBeSplit() async throws {
        let place = try PolicyWorkspace()
        try await Self.add(place, customers: 1, withPropensities: true)
        let trained = await place.labctl(
            ["train", "policy/cql", "--set", "log=\(place.ownLog)"] + PolicyWorkspace.training)
        #expect(trained.status == 65 && trained.errors.contains("customer"), "\(trained.status) \(trained.errors)")
        #expect(try place.isLeftUnsealed("policy/cql/1"))
    }

    @Test func aLogThatWasNotAddedIsNamed() async throws {
        let place = try PolicyWorkspace()
        let trained = await place.labctl("train", "policy/cql", "--set", "log=mein")
        #expect(trained.status == 66 && trained.errors.contains("mein"), "\(trained.status) \(trained.errors)")
        #expect(!place.exists("runs/policy.cql"))
    }
}
