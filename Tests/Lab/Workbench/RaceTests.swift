import Foundation
import LabRuns
import Testing

@testable import LabWorkbench

@Suite("Races with peers")
struct RaceTests {
    /// A peer that says each of its rounds took a tenth of a second and counts them.
    static let script = """
        import sys
        print("peer 1.0", flush=True)
        for line in sys.stdin:
            print(0.1, flush=True)
        """

    @Test("Both take turns; the ratio is the peer's time over ours")
    func race() async throws {
        let python = try Program.find("python3")
        let peer = try PeerProcess(python: python, script: Self.script)
        defer { peer.close() }
        var rounds = 0
        var sum = 0.0
        let race = try await Race.run(rounds: 3, peer: peer) {
            rounds += 1
            for index in 0..<200_000 { sum += Double(index).squareRoot() }
        }
        #expect(sum > 0)
        #expect(rounds == 4)
        #expect(race.peers == [0.1, 0.1, 0.1])
        #expect(race.peer == "peer 1.0")
        let speedup = try #require(race.speedup)
        #expect(abs(speedup - 0.1 / race.median) < 1e-9)
    }

    @Test("A bar that is not cleared is reported as such, and one that cannot be judged as that")
    func verdicts() async throws {
        let options = BenchmarkOptions(quick: true)
        func row(_ bar: Bar, _ rival: Contest.Rival = .none) async throws -> BenchmarkRow {
            var contest = Contest(name: "work", measure: .rate("1/s", work: 1)) { { usleep(10) } }
            (contest.bar, contest.rival) = (bar, rival)
            return try await contest.row(options, rounds: 2)
        }
        let other = Contest.Rival.ours(name: "the same") { { usleep(10) } }
        let unbeatable = try await row(.ratio(1e9), other)
        #expect(unbeatable.met == false && unbeatable.peer == "the same" && unbeatable.bar == "ratio ≥ 1000000000")
        #expect(try await row(.ratio(0), other).met == true)
        let alone = try await row(.ratio(1))
        #expect(alone.ratio == nil && alone.met == nil && alone.bar == "ratio ≥ 1")
        for (bar, met) in [
            (Bar.atLeast(1e-9), true), (.atLeast(1e12), false), (.atMost(1e12), true), (.atMost(1e-9), false),
        ] {
            #expect(try await row(bar).met == met, "\(bar)")
        }
        #expect(Bar.atMost(1.5).description == "≤ 1.5" && !Bar.atMost(1).isMet(.nan))
    }

    @Test("Values are rates, nanoseconds or times of the rival")
    func measures() throws {
        let race = Race(ours: [2, 4, 3], peers: [6, 6, 6], peer: "slow")
        #expect(race.median == 3 && race.speedup == 2)
        #expect(Contest.Measure.rate("1/s", work: 6).figure(race) == (2, "1/s"))
        #expect(Contest.Measure.nanoseconds("ns", work: 3e9).figure(race) == (1, "ns"))
        #expect(Contest.Measure.timesOfRival.figure(race) == (0.5, "× the time"))
    }

    @Test("A peer that is not installed, or stops, is an error")
    func broken() throws {
        let python = try Program.find("python3")
        #expect(throws: WorkbenchError.self) { try PeerProcess(python: python, script: "import not_there") }
        #expect(throws: WorkbenchError.self) { try PeerProcess(python: URL(filePath: "/nowhere"), script: "") }
        let peer = try PeerProcess(python: python, script: "print('short', flush=True)")
        defer { peer.close() }
        #expect(throws: WorkbenchError.self) { try peer.round() }
    }

    @Test("The middle of an even and an odd number of rounds")
    func median() {
        #expect(Race.median([3, 1, 2]) == 2)
        #expect(Race.median([4, 1, 2, 3]) == 2.5)
        #expect(Race.median([]) == 0)
    }
}
