/// Measurements that belong together, with their peers run interleaved in the same call: `labctl bench <name>`.
public protocol BenchmarkSuite: Sendable {
    /// One word in lower case, for example `numerics`.
    static var name: String { get }
    /// What is measured, in one sentence.
    static var summary: String { get }
    init()
    /// Measures everything; a row whose peer is not installed has no ratio.
    func rows(_ options: BenchmarkOptions) async throws -> [BenchmarkRow]
}

/// How a suite is run.
public struct BenchmarkOptions: Codable, Sendable, Hashable {
    /// Fewer repetitions: for tests of the suite itself.
    public var quick: Bool
    /// Whether peers are run where they are installed.
    public var peers: Bool
    /// Only rows whose name contains this; `nil` for all.
    public var filter: String?

    public init(quick: Bool = false, peers: Bool = true, filter: String? = nil) {
        self.quick = quick
        self.peers = peers
        self.filter = filter
    }

    /// Whether a row of this name is asked for.
    public func wants(_ name: String) -> Bool { filter.map(name.contains) ?? true }
}

/// One measurement, with its peer's and the bar that it must clear.
public struct BenchmarkRow: Codable, Sendable, Hashable {
    public var name: String
    public var value: Double
    public var unit: String
    /// Whom it is compared with, with the version.
    public var peer: String?
    /// Ours over the peer's, in the sense that larger is better for us.
    public var ratio: Double?
    /// What `ratio` (or, without a peer, `value`) must reach, in words: `≥ 0.9`.
    public var bar: String?
    /// Whether the bar is cleared; `nil` where it could not be judged.
    public var met: Bool?

    public init(
        name: String, value: Double, unit: String, peer: String? = nil, ratio: Double? = nil, bar: String? = nil,
        met: Bool? = nil
    ) {
        self.name = name
        self.value = value
        self.unit = unit
        self.peer = peer
        self.ratio = ratio
        self.bar = bar
        self.met = met
    }
}
