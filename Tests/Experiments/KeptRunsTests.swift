import Foundation
import LabRuns
import LabTestKit
import Testing

/// Long studies are not repeated by the tests: `Benchmarks/kept` keeps their sealed runs, and what is said of them must be
/// what they say.
@Suite("Kept runs of long studies")
struct KeptRunsTests {
    let workspace = Workspace(Checkout.root.appending(path: "Benchmarks/kept"))

    @Test func everyByteIsAsItWasSealed() throws {
        let entries = try workspace.entries()
        #expect(!entries.isEmpty)
        for entry in entries { try workspace.run(entry.reference).verify() }
    }

    @Test func aHundredKillsSpoiltNothing() throws {
        let evaluation = try workspace.run("harness/kills/1").evaluation
        #expect(evaluation.figure("kills")?.value == 100)
        #expect(evaluation.figure("corrupt")?.value == 0)
        #expect(evaluation.figure("identical")?.value == evaluation.figure("trainings")?.value)
    }

    /// Of our agents beside d3rlpy's: the table is the run's, no agent as it comes is worse beyond its interval over seeds, and
    /// without averaged weights only BCQ is.
    @Test(arguments: ["bc", "dqn", "nfq", "cql-0.1", "cql-1", "bcq"])
    func ourAgentsAreAtLeastEqualWithinIntervals(_ agent: String) throws {
        let evaluation = try workspace.run("captured/against-d3rlpy/1").evaluation
        func figure(_ name: String) throws -> Double { try #require(evaluation.figure("\(agent).\(name)")).value }
        func difference(_ side: String) throws -> String {
            let (mean, lower, upper) = (
                try figure(side + "LessD3rlpy.mean"), try figure(side + "LessD3rlpy.lower"),
                try figure(side + "LessD3rlpy.upper")
            )
            return String(format: "%+.2f [%+.2f, %+.2f]", mean, lower, upper)
        }
        let values = try ["ours", "oursLast", "d3rlpy"].map { String(format: "%.2f", try figure($0)) }
        let row = try ["| \(agent)"] + values + [difference("ours"), difference("oursLast") + " |"]
        let readme = try String(contentsOf: Checkout.root.appending(path: "Benchmarks/README.md"), encoding: .utf8)
        #expect(readme.contains(row.joined(separator: " | ")))
        #expect(try figure("oursLessD3rlpy.upper") >= 0)
        #expect(try figure("oursLessD3rlpy.lower") <= 0)
        // Where the README says that we lose.
        #expect(try (figure("oursLastLessD3rlpy.upper") < 0) == (agent == "bcq"))
        #expect(evaluation.figure("promotionsToDistressed")?.value == 0)
    }

    /// The front page's table of agents says what the study says: means over five seeds with Student's intervals.
    @Test func theAgentsAreWorthWhatTheFrontPageSays() throws {
        let study = try workspace.run("study/policy/comparison/1")
        let text = try String(contentsOf: study.artifact("table.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let head = try #require(lines.first).map(String.init)
        let columns = ["figure", "variant", "mean", "t lower", "t upper"]
        let places = try columns.map { try #require(head.firstIndex(of: $0)) }
        let page = try String(contentsOf: Checkout.root.appending(path: "README.md"), encoding: .utf8)
        var checked = 0
        for line in lines.dropFirst() where line.count == head.count {
            let figure = String(line[places[0]])
            guard ["behaviour", "qmdp", "bc", "nfq", "cql", "bcq", "iql"].contains(where: { figure == "value." + $0 })
            else { continue }
            let numbers = try places[2...].map { String(format: "%.2f", try #require(Double(line[$0]))) }
            let shown = "\(numbers[0]) [\(numbers[1]), \(numbers[2])]"
            #expect(page.contains(shown), "\(figure), \(line[places[1]]): \(shown)")
            checked += 1
        }
        #expect(checked == 21)
        for entry in try workspace.entries() where entry.experiment == "policy/comparison" {
            let evaluation = try workspace.run(entry.reference).evaluation
            #expect(evaluation.figure("promotionsToDistressed")?.value == 0)
        }
    }

    @Test func thePoleStandsUnderEverySeed() throws {
        let runs = try workspace.entries().filter { $0.experiment == "reproductions/cartpole" }
        #expect(runs.count == 5)
        for run in runs { #expect(try workspace.run(run.reference).evaluation.figure("return")?.value ?? 0 >= 475) }
    }

    @Test func theSafeguardsHeldInAMillionDecisions() throws {
        let evaluation = try workspace.run("safeguards/exploitable/1").evaluation
        #expect(evaluation.figure("decisions")?.value ?? 0 >= 1e6)
        #expect(evaluation.figure("promotionsToDistressed")?.value == 0)
        #expect(evaluation.figure("promotionsToDistressedUnguarded")?.value ?? 0 > 100_000)
    }
}
