import Foundation
import LabExperimentTestKit
import Logging
import Synchronization
import Testing

@testable import LabRuns

/// A clock whose time of day is set back and forth while the monotonic one counts on.
final class JumpingClock: RunClock {
    private struct State {
        var day = 1_700_000_000.0
        var up = 5.0
    }

    private let state = Mutex(State())

    func now() -> Date { state.withLock { Date(timeIntervalSince1970: $0.day) } }
    func uptimeNanoseconds() -> UInt64 { state.withLock { UInt64($0.up * 1e9) } }

    func pass(_ seconds: Double, jump: Double = 0) {
        state.withLock { state in
            state.day += seconds + jump
            state.up += seconds
        }
    }
}

@Suite struct ClockTests {
    struct Jumps: Experiment {
        @TaskLocal static var clock = JumpingClock()
        static let name = "test/jumps"
        static let summary = "Measures while the clock is set."
        static let smoke = NoSettings()

        func train(_ configuration: NoSettings, _ run: Run) async throws -> Evaluation {
            for (step, jump) in [0, -7_200, 0, 90_000, 0.5, -59].enumerated() {
                Self.clock.pass(2, jump: jump)
                run.log("loss", 1, step: step)
                run.logger.info("step \(step)")
            }
            return Evaluation()
        }
    }

    @Test func timesOfARunNeverGoBackwards() async throws {
        let folder = try TemporaryFolder()
        let clock = JumpingClock()
        let launcher = Launcher(workspace: Workspace(folder.url), clock: clock)
        let run = try await Jumps.$clock.withValue(clock) { try await launcher.train(Jumps.self) }
        #expect(try run.metrics().map { $0.time - 1_700_000_000 } == [2, 4, 6, 8, 10, 12])
        let lines = try String(contentsOf: run.folder.appending(path: RunFiles.log), encoding: .utf8)
            .split(separator: "\n").map { try CanonicalJSON.decode(RunLogHandler.Line.self, from: Data($0.utf8)) }
        #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.time <= $1.time })
        let notes = lines.filter { $0.message == "clock jumped" }
        #expect(notes.count == 1 && notes.first?.level == "warning")
        #expect(notes.first?.metadata?["seconds"] == "-7200.0")
        // The seal is not older than what it seals.
        #expect(run.seal.sealed.timeIntervalSince1970 >= 1_700_000_012)
    }

    @Test func aResumedRunGoesOnBehindItsLastLine() async throws {
        let folder = try TemporaryFolder()
        let clock = JumpingClock()
        let observer = StopAfter(step: 15)
        let launcher = Launcher(workspace: Workspace(folder.url), home: folder.url, clock: clock)
        var first = launcher
        first.observer = observer
        first.interruption = observer.interruption
        await #expect(throws: RunsError.self) {
            try await first.train(Trek.self, configuration: .init(steps: 20, every: 10))
        }
        clock.pass(1, jump: -86_400)
        let run = try await launcher.resume(
            launcher.workspace.folder(of: "test/trek/1"), registry: Registry(experiments: [Trek.self]))
        let times = try run.metrics().map(\.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func identifiersStayUniqueAndOrdered() {
        let clock = JumpingClock()
        var made: [String] = []
        for index in 0..<3_000 {
            clock.pass(index % 3 == 0 ? 0.001 : 0, jump: index == 500 ? -4_000 : index == 900 ? 9_000 : 0)
            made.append(ULID.make(at: clock.now()))
        }
        #expect(made == made.sorted() && Set(made).count == made.count)
        #expect(made.allSatisfy(ULID.isValid))
    }
}
