import Foundation
import Synchronization

/// The time within a run: the time of day at its start, and from there on what the monotonic clock counts.
///
/// So measurements and log lines never go backwards, whatever happens to the machine's clock.
final class RunTime: Sendable {
    /// A larger difference between the time of day and the run's time is a jump, in seconds.
    static let jump = 60.0

    private let clock: any RunClock
    private let origin: UInt64
    private let start: Double
    private let noted = Atomic<Bool>(false)

    /// - Parameter last: Unix seconds of the last line before the run was resumed: time goes on from there at the least.
    init(_ clock: any RunClock, notBefore last: Double = 0) {
        self.clock = clock
        origin = clock.uptimeNanoseconds()
        start = max(clock.now().timeIntervalSince1970, last)
    }

    /// Unix milliseconds.
    var milliseconds: Int64 {
        Int64(start * 1000) &+ Int64(truncatingIfNeeded: (clock.uptimeNanoseconds() &- origin) / 1_000_000)
    }

    var now: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// By how many seconds the time of day has jumped; tells so once in a run.
    func newJump() -> Double? {
        guard !noted.load(ordering: .relaxed) else { return nil }
        let difference = clock.now().timeIntervalSince1970 - Double(milliseconds) / 1000
        guard abs(difference) > Self.jump, !noted.exchange(true, ordering: .relaxed) else { return nil }
        return difference
    }
}
