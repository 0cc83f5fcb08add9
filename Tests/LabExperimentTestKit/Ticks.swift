public import LabRuns
public import Synchronization

/// A benchmark whose speed is how often it was asked before: every run measures another one.
public struct Ticks: BenchmarkSuite {
    public static let name = "ticks"
    public static let summary = "how often it was asked"
    public static let asked = Mutex(0)
    /// Whether a peer is there, in this task.
    @TaskLocal public static var hasPeer = true

    public init() {}

    public func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow] {
        let count = Self.asked.withLock { count in
            count += 1
            return count
        }
        let all = [
            BenchmarkRow(
                name: "ticks, beside a peer's", value: Double(count), unit: "ticks/s",
                peer: Self.hasPeer ? "Peer 1.2" : nil, ratio: Self.hasPeer ? 2 + Double(count) : nil, bar: "ratio ≥ 2",
                met: Self.hasPeer ? true : nil),
            BenchmarkRow(name: "tocks", value: 0.5, unit: "tocks/s", bar: "≥ 1", met: false),
        ]
        return all.filter { options.wants($0.name) }
    }
}
