import Foundation

/// Tells the time; injected, so that tests stand still.
public protocol RunClock: Sendable {
    /// The time of day, which somebody may set back or forth.
    func now() -> Date

    /// Nanoseconds since some moment, which only go forward. Default: counts `now()`, whatever it does.
    func uptimeNanoseconds() -> UInt64
}

extension RunClock {
    public func uptimeNanoseconds() -> UInt64 { UInt64(max(0, now().timeIntervalSince1970) * 1e9) }
}

/// The machine's clock.
public struct SystemClock: RunClock {
    public init() {}
    public func now() -> Date { Date() }
    // Counts on while the machine sleeps, as the time of day does.
    public func uptimeNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
}

/// A clock that always shows the same moment.
public struct StoppedClock: RunClock {
    public let moment: Date
    public init(at moment: Date = Date(timeIntervalSince1970: 0)) { self.moment = moment }
    public func now() -> Date { moment }
}
