import LabRuns

/// One measurement of a suite before it is made: the work, the rival and the bar.
struct Contest {
    /// Who does the same work.
    enum Rival {
        case none
        /// A Python script with its arguments.
        case python(script: String, arguments: [String])
        /// A program that `CompiledPeer` built, with its arguments.
        case program(CompiledPeer?, arguments: [String])
        /// Other code of ours or a library of this process, under a name.
        case ours(name: String, () async throws -> () async throws -> Void)
    }

    /// How the middle of the rounds becomes the row's value.
    enum Measure {
        /// `work` units a processor second.
        case rate(String, work: Double)
        /// Nanoseconds a unit of `work`.
        case nanoseconds(String, work: Double)
        /// Milliseconds a round.
        case milliseconds(String)
        /// Our time in times of the rival's.
        case timesOfRival

        func figure(_ race: Race) -> (Double, String) {
            switch self {
            case .rate(let unit, let work): (work / race.median, unit)
            case .nanoseconds(let unit, let work): (race.median / work * 1e9, unit)
            case .milliseconds(let unit): (race.median * 1e3, unit)
            case .timesOfRival: (race.speedup.map { 1 / $0 } ?? .nan, "× the time")
            }
        }
    }

    var name: String
    var measure: Measure
    /// What the speed-up over the rival, or the value where the bar says so, must reach.
    var bar: Bar?
    var rival = Rival.none
    var clock = RoundClock.processor
    /// Makes ready and returns one round.
    var prepare: () async throws -> () async throws -> Void

    /// Runs both in turn.
    func row(_ options: BenchmarkOptions, rounds: Int) async throws -> BenchmarkRow {
        let round = try await prepare()
        var race: Race
        if case .ours(let name, let other) = rival {
            race = try await Race.run(rounds: rounds, other: try await other(), named: name, clock: clock, round)
        } else {
            let peer = options.peers ? start() : nil
            defer { peer?.close() }
            race = try await Race.run(rounds: rounds, peer: peer, clock: clock, round)
        }
        let ratio = race.speedup
        let (value, unit) = measure.figure(race)
        let measured = bar.flatMap { $0.isOfValue ? value : ratio }
        return BenchmarkRow(
            name: name, value: value, unit: unit, peer: race.peer, ratio: ratio, bar: bar?.description,
            met: bar.flatMap { bar in measured.map(bar.isMet) })
    }

    private func start() -> PeerProcess? {
        switch rival {
        case .none, .ours: nil
        case .python(let script, let arguments): Peers.start(script, arguments: arguments)
        case .program(let program, let arguments): program?.start(arguments)
        }
    }
}

/// What a measurement must reach.
struct Bar: CustomStringConvertible {
    let limit: Double
    let isAtLeast: Bool
    /// Whether it is of the row's value rather than of its ratio to the rival.
    let isOfValue: Bool

    /// The speed-up over the rival must be this or more.
    static func ratio(_ limit: Double) -> Bar { Bar(limit: limit, isAtLeast: true, isOfValue: false) }

    static func atLeast(_ limit: Double) -> Bar { Bar(limit: limit, isAtLeast: true, isOfValue: true) }

    static func atMost(_ limit: Double) -> Bar { Bar(limit: limit, isAtLeast: false, isOfValue: true) }

    func isMet(_ value: Double) -> Bool { isAtLeast ? value >= limit : value <= limit }

    var description: String {
        let number = limit == limit.rounded() && limit.magnitude < 1e15 ? "\(Int(limit))" : "\(limit)"
        return (isOfValue ? "" : "ratio ") + (isAtLeast ? "≥ " : "≤ ") + number
    }
}
