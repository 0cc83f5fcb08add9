import Synchronization

/// A wish to stop, set from outside (Ctrl-C) and heard by runs at their next step boundary.
public final class Interruption: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    public var isRequested: Bool { flag.load(ordering: .relaxed) }

    public func request() { flag.store(true, ordering: .relaxed) }
}
