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
    func race() throws {
        let python = try Program.find("python3")
        let peer = try PeerProcess(python: python, script: Self.script)
        defer { peer.close() }
        var rounds = 0
        var sum = 0.0
        let race = try Race.run(rounds: 3, peer: peer) {
            rounds += 1
            for index in 0..<200_000 { sum += Double(index).squareRoot() }
        }
        #expect(sum > 0)
        #expect(rounds == 4)
        #expect(race.peers == [0.1, 0.1, 0.1])
        #expect(race.peer == "peer 1.0")
        let speedup = try #require(race.speedup)
        #expect(abs(speedup - 0.1 / race.median) < 1e-9)
        let row = race.row("roots", work: 200_000, unit: "1/s", bar: speedup * 2)
        #expect(row.met == false)
        #expect(row.peer == "peer 1.0")
    }

    @Test("Without a peer a row has no ratio and no verdict")
    func alone() throws {
        let race = try Race.run(rounds: 2) { usleep(10) }
        let row = race.row("nothing", work: 1, unit: "1/s", bar: 1)
        #expect(row.ratio == nil && row.met == nil && row.bar == "≥ 1.0")
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
