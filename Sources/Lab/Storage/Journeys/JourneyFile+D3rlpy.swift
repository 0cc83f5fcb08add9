import Foundation

extension JourneyFile {
    /// The version of d3rlpy's format that is written, and the one that is read (d3rlpy 2.1 to 2.8).
    static let d3rlpyVersion = "2.1"

    /// Writes what `ReplayBuffer.load` of d3rlpy 2.8 reads: `observations_<n>`, `actions_<n>`, `rewards_<n>` and
    /// `terminated_<n>` for each episode, `columns`, `num_episodes` and `version`.
    ///
    /// d3rlpy keeps no observation after the last step and learns nothing from the last step of an episode that was cut.
    /// Such an episode therefore gets one more row, its last observation with the last action and reward 0, so that
    /// all its steps are learnt from and come back. Infos have no place in this form. Rewards become single precision.
    /// Throws `StorageError`.
    public static func exportD3rlpy(_ journeys: Journeys, to url: URL) throws {
        let file = try HDF5File.create(url, sealed: false)
        try setLogAttributes(journeys.attributes, file)
        try file.write("/columns", ["observations", "actions", "rewards", "terminated"])
        let episodes = (0..<journeys.count).filter { !journeys.steps(of: $0).isEmpty }
        for (number, episode) in episodes.enumerated() {
            let journey = journeys.journey(episode)
            let width = journeys.width
            var actions = journey.actions.map(Int64.init)
            var rewards = journey.rewards.map { Float($0) }
            if !journey.terminated {
                actions.append(actions.last ?? 0)
                rewards.append(0)
            }
            let rows = actions.count
            try file.write(
                "/observations_\(number)", Array(journey.observations.prefix(rows * width)), shape: [rows, width])
            try file.write("/actions_\(number)", actions, shape: [rows, 1])
            try file.write("/rewards_\(number)", rewards, shape: [rows, 1])
            try file.write("/terminated_\(number)", [journey.terminated], shape: [])
        }
        try file.write("/num_episodes", [Int64(episodes.count)], shape: [])
        try file.write("/version", [d3rlpyVersion], shape: [])
        try file.close()
    }

    /// Reads what `ReplayBuffer.dump` of d3rlpy 2.1 to 2.8 wrote: vectors as observations, discrete actions.
    ///
    /// An episode that ended itself gets zeros as the observation after its last step, as in d3rlpy. The last row of an
    /// episode that was cut is the observation after the step before it; its own action led to nothing known and is left
    /// out, as in d3rlpy, and so is an episode of which nothing remains. Throws `StorageError`.
    public static func readD3rlpy(_ url: URL) throws -> Journeys {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        return try readD3rlpy(file)
    }

    static func readD3rlpy(_ file: HDF5File) throws -> Journeys {
        let columns = ForeignColumns(file: file)
        let found = try file.read("/version", as: String.self).first ?? ""
        guard found == d3rlpyVersion else {
            throw StorageError.damaged(
                path: file.url.path, reason: "it has d3rlpy's format \"\(found)\"; only \(d3rlpyVersion) can be read")
        }
        let count = try file.read("/num_episodes", as: Int64.self).first ?? -1
        guard count > 0 else { throw StorageError.damaged(path: file.url.path, reason: "it holds no episode") }
        if try file.exists("/observations_\(count)") {
            throw StorageError.damaged(
                path: file.url.path, reason: "it says that it has \(count) episodes but has more")
        }
        var journeys: Journeys?
        for episode in 0..<Int(count) {
            let journey = try d3rlpyEpisode(episode, columns, width: journeys?.width)
            var all = journeys ?? Journeys(width: journey.width)
            journeys = nil
            if !journey.episode.actions.isEmpty { try all.append(journey.episode) }
            journeys = all
        }
        journeys?.attributes = try logAttributes(file)
        guard let journeys, journeys.count > 0 else {
            throw StorageError.damaged(path: file.url.path, reason: "it holds no complete step")
        }
        return journeys
    }

    private static func d3rlpyEpisode(
        _ episode: Int, _ columns: ForeignColumns, width: Int?
    ) throws -> (episode: Journey, width: Int) {
        if try !columns.file.exists("/observations_\(episode)"), try columns.file.exists("/observations_\(episode)_0") {
            throw StorageError.wrongShape(
                file: columns.file.url.path, name: "/observations_\(episode)", wanted: "one vector a step",
                found: "several observations a step")
        }
        let seen = try columns.observations("/observations_\(episode)", width: width)
        let actionsPath = "/actions_\(episode)"
        var actions = try columns.counted(actionsPath, try columns.actions(actionsPath), seen.rows)
        var rewards = try columns.rewards("/rewards_\(episode)", count: seen.rows)
        let terminated = try columns.flags("/terminated_\(episode)", count: 1).first ?? false
        var observations = seen.values
        if terminated {
            observations += [Float](repeating: 0, count: seen.width)
        } else if !actions.isEmpty {
            actions.removeLast()
            rewards.removeLast()
        }
        return (
            Journey(
                observations: observations, actions: actions, rewards: rewards, terminated: terminated,
                truncated: !terminated), seen.width
        )
    }
}
