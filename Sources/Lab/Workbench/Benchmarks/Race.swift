/// One measurement beside its peer: A B A B …, so that a change of the machine's speed meets both.
public struct Race: Sendable, Equatable {
    /// Seconds of each of our rounds.
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
    public static func run(
        rounds: Int, peer: PeerProcess? = nil, clock: RoundClock = .processor, _ ours: () async throws -> Void
    ) async throws -> Race {
        try await ours()
        _ = try peer?.round()
        var (own, other): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, rounds) {
            own.append(try await clock.seconds(ours))
            if let peer { other.append(try peer.round()) }
        }
        return Race(ours: own, peers: other, peer: peer?.name)
    }

    /// Runs two pieces of this process in turn.
    public static func run(
        rounds: Int, other: () async throws -> Void, named name: String, clock: RoundClock = .processor,
        _ ours: () async throws -> Void
    ) async throws -> Race {
        try await ours()
        try await other()
        var (own, theirs): ([Double], [Double]) = ([], [])
        for _ in 0..<max(1, rounds) {
            own.append(try await clock.seconds(ours))
            theirs.append(try await clock.seconds(other))
        }
        return Race(ours: own, peers: theirs, peer: name)
    }

    /// The middle of our rounds in seconds.
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
