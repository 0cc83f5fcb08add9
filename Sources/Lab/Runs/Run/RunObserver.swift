/// Hears what a run does while it does it: progress lines, live curves, tests. Called from the run's own threads.
public protocol RunObserver: Sendable {
    func started(_ run: Run)
    func progressed(_ run: Run, fraction: Double, note: String)
    func measured(_ run: Run, metric: String, value: Double, step: Int)
    func finished(_ run: Run, sealed: SealedRun)
}

extension RunObserver {
    public func started(_ run: Run) {}
    public func progressed(_ run: Run, fraction: Double, note: String) {}
    public func measured(_ run: Run, metric: String, value: Double, step: Int) {}
    public func finished(_ run: Run, sealed: SealedRun) {}
}

/// Hears nothing.
public struct SilentObserver: RunObserver {
    public init() {}
}
