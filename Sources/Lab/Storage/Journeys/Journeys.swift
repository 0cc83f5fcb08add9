/// Logged episodes of a decision process: what was seen, what was done, what came of it.
///
/// All episodes lie behind one another in flat arrays. With E episodes, S steps in all and observations of `width`
/// numbers: an episode of T steps has T + 1 observations (the last one is what the final action led to), T actions,
/// rewards, terminations and truncations. `offsets[e]` is where the steps of episode e begin; its observations begin
/// at row `offsets[e] + e`.
public struct Journeys: Sendable, Equatable {
    /// Numbers in an observation.
    public let width: Int
    /// E + 1 places in the step arrays: 0 first, S last.
    public private(set) var offsets: [Int] = [0]
    /// (S + E) × `width`, row-major.
    public private(set) var observations: [Float] = []
    public private(set) var actions: [Int32] = []
    public private(set) var rewards: [Double] = []
    /// True at a step after which the process itself ended.
    public private(set) var terminations: [Bool] = []
    /// True at a step after which the log was cut, although the process could have gone on.
    public private(set) var truncations: [Bool] = []
    /// What else was known, by name.
    public private(set) var infos: [String: JourneyInfo] = [:]
    /// What holds for the whole log: who wrote it, under which policy and environment.
    public var attributes: [String: HDF5Attribute] = [:]

    public init(width: Int) { self.width = width }

    /// E, the number of episodes.
    public var count: Int { offsets.count - 1 }
    /// S, the number of steps of all episodes.
    public var steps: Int { actions.count }

    /// The places of an episode's steps in the step arrays.
    public func steps(of episode: Int) -> Range<Int> { offsets[episode]..<offsets[episode + 1] }

    /// The rows of an episode's observations, one more than its steps.
    public func observationRows(of episode: Int) -> Range<Int> {
        (offsets[episode] + episode)..<(offsets[episode + 1] + episode + 1)
    }

    /// An observation by row: the slice of `width` numbers.
    public func observation(row: Int) -> ArraySlice<Float> { observations[(row * width)..<((row + 1) * width)] }

    /// Adds an episode; throws `StorageError.wrongShape` if its parts do not fit each other or the episodes before.
    public mutating func append(_ journey: Journey) throws {
        let steps = journey.actions.count
        try expect("rewards", journey.rewards.count, steps)
        try expect("observations", journey.observations.count, (steps + 1) * width)
        if count > 0 { try expect("infos", journey.infos.count, infos.count) }
        for (name, info) in journey.infos.sorted(by: { $0.key < $1.key }) {
            try expect("infos/\(name)", info.values.count, info.scope.items(steps: steps, episodes: 1) * info.width)
            if let before = infos[name], !before.accepts(info) {
                throw StorageError.wrongShape(
                    file: "journeys", name: "infos/\(name)", wanted: before.description, found: info.description)
            }
            if count > 0, infos[name] == nil {
                throw StorageError.noSuchObject(
                    file: "journeys", name: "infos/\(name)",
                    nearest: NearestName.of(name, among: infos.keys.sorted()))
            }
        }
        for (name, info) in journey.infos { infos[name, default: info.emptied].append(info) }
        observations += journey.observations
        actions += journey.actions
        rewards += journey.rewards
        terminations += (0..<steps).map { $0 == steps - 1 && journey.terminated }
        truncations += (0..<steps).map { $0 == steps - 1 && journey.truncated }
        offsets.append(actions.count)
    }

    /// An episode by number.
    public func journey(_ episode: Int) -> Journey {
        let steps = steps(of: episode)
        let rows = observationRows(of: episode)
        var journey = Journey(
            observations: Array(observations[(rows.lowerBound * width)..<(rows.upperBound * width)]),
            actions: Array(actions[steps]), rewards: Array(rewards[steps]),
            terminated: steps.isEmpty ? false : terminations[steps.upperBound - 1],
            truncated: steps.isEmpty ? false : truncations[steps.upperBound - 1])
        for (name, info) in infos {
            journey.infos[name] = info.items(info.scope.range(episode, steps: steps, rows: rows))
        }
        return journey
    }

    private func expect(_ name: String, _ found: Int, _ wanted: Int) throws {
        guard found == wanted else {
            throw StorageError.wrongShape(
                file: "journeys", name: name, wanted: "\(wanted) values", found: "\(found) values")
        }
    }
}

extension Journeys {
    /// Puts whole arrays together; throws `StorageError.wrongShape` where they do not fit each other.
    ///
    /// The arrays are as the properties of the same name; `offsets` must begin with 0 and never fall.
    public init(
        width: Int, offsets: [Int], observations: [Float], actions: [Int32], rewards: [Double], terminations: [Bool],
        truncations: [Bool], infos: [String: JourneyInfo]
    ) throws {
        let steps = actions.count
        guard offsets.first == 0, offsets.last == steps, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
        else {
            throw StorageError.wrongShape(
                file: "journeys", name: "offsets", wanted: "places from 0 to \(steps), never falling", found: "others")
        }
        self.width = width
        self.offsets = offsets
        self.observations = observations
        self.actions = actions
        self.rewards = rewards
        self.terminations = terminations
        self.truncations = truncations
        self.infos = infos
        try expect("observations", observations.count, (steps + count) * width)
        try expect("rewards", rewards.count, steps)
        try expect("terminations", terminations.count, steps)
        try expect("truncations", truncations.count, steps)
        for (name, info) in infos.sorted(by: { $0.key < $1.key }) {
            try expect("infos/\(name)", info.values.count, info.scope.items(steps: steps, episodes: count) * info.width)
        }
    }
}
