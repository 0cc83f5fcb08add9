import Foundation

/// Tells the time of day; injected, so that tests stand still.
public protocol RunClock: Sendable {
    func now() -> Date
}

/// The machine's clock.
public struct SystemClock: RunClock {
    public init() {}
    public func now() -> Date { Date() }
}

/// A clock that always shows the same moment.
public struct StoppedClock: RunClock {
    public let moment: Date
    public init(at moment: Date = Date(timeIntervalSince1970: 0)) { self.moment = moment }
    public func now() -> Date { moment }
}
