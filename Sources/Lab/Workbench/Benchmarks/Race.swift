/// One measurement beside its peer: A B A B …, so that a change of the machine's speed meets both.
public struct Race: Sendable, Equatable {
    /// Processor seconds of each of our rounds.
    public let ours: [Double]
    /// The peer's; empty where there is none.
    public let peers: [Double]
    /// The peer's name and version.
    public let peer: String?

    /// Runs both in turn.
    ///
    /// - Parameters:
    ///   - rounds: how often each runs, after one round of each to warm up.
    ///   - ours: one round, which does the same work as one of the peer's.
    public static func run(rounds: Int, peer: PeerProcess? = nil, _ ours: () throws -> Void) throws -> Race {
        try ours()
        _ = try peer?.round()
        var (own, other): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, rounds) {
            own.append(try CPUClock.seconds(ours))
            if let peer { other.append(try peer.round()) }
        }
        return Race(ours: own, peers: other, peer: peer?.name)
    }

    /// Runs two pieces of this process in turn.
    public static func run(
        rounds: Int, other: () throws -> Void, named name: String, _ ours: () throws -> Void
    ) throws -> Race {
        try ours()
        try other()
        var (own, theirs): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, rounds) {
            own.append(try CPUClock.seconds(ours))
            theirs.append(try CPUClock.seconds(other))
        }
        return Race(ours: own, peers: theirs, peer: name)
    }

    /// The middle of our rounds in processor seconds.
    public var median: Double { Self.median(ours) }

    /// How many times as fast as the peer we are, by the rounds' middles; `nil` without a peer.
    public var speedup: Double? { peers.isEmpty || median <= 0 ? nil : Self.median(peers) / median }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
