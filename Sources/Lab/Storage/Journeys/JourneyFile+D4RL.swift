import Foundation

extension JourneyFile {
    /// Writes the flat keys of D4RL: one row a step in `observations`, `next_observations`, `actions`, `rewards`,
    /// `terminals`, `timeouts` and `infos/…`.
    ///
    /// Infos of an episode are repeated for its steps, those of observations lose the one after the last step. Throws
    /// `StorageError`.
    public static func exportD4RL(_ journeys: Journeys, to url: URL) throws {
        let file = try HDF5File.create(url, sealed: false)
        try setLogAttributes(journeys.attributes, file)
        let width = journeys.width
        var (observations, next): ([Float], [Float]) = ([], [])
        for episode in 0..<journeys.count {
            let rows = journeys.observationRows(of: episode)
            observations += journeys.observations[rows.lowerBound * width..<(rows.upperBound - 1) * width]
            next += journeys.observations[(rows.lowerBound + 1) * width..<rows.upperBound * width]
        }
        let fast = HDF5Compression.deflate(level: 1)
        try file.write("/observations", observations, shape: [journeys.steps, width], compression: fast)
        try file.write("/next_observations", next, shape: [journeys.steps, width], compression: fast)
        try file.write("/actions", journeys.actions.map(Int64.init), compression: fast)
        try file.write("/rewards", journeys.rewards, compression: fast)
        try file.write("/terminals", journeys.terminations, compression: fast)
        try file.write("/timeouts", journeys.truncations, compression: fast)
        for (name, info) in journeys.infos.sorted(by: { $0.key < $1.key }) {
            let values = journeys.stepValues(info)
            try file.write(
                "/infos/\(name)", any: values,
                shape: info.width == 1 ? [journeys.steps] : [journeys.steps, info.width], compression: fast)
        }
        try file.close()
    }

    /// Reads flat keys: vectors as observations, discrete actions; `timeouts` (or `episode_terminals`, as the first
    /// d3rlpy wrote), `next_observations` and `infos/…` are used where they are there.
    ///
    /// Without `next_observations`, the row at a timeout is the observation after the step before it and no step
    /// itself, as in D4RL's own `qlearning_dataset`; an episode that ended itself gets zeros. Throws `StorageError`.
    public static func readD4RL(_ url: URL) throws -> Journeys {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        return try readD4RL(file)
    }

    static func readD4RL(_ file: HDF5File) throws -> Journeys {
        let columns = ForeignColumns(file: file)
        let seen = try columns.observations("/observations")
        let actions = try columns.counted("/actions", try columns.actions("/actions"), seen.rows)
        let rewards = try columns.rewards("/rewards", count: seen.rows)
        let terminals = try columns.flags("/terminals", count: seen.rows)
        let timeouts = try d4rlTimeouts(columns, rows: seen.rows)
        let following =
            try file.exists("/next_observations")
            ? try columns.observations("/next_observations", width: seen.width).values : nil
        if let following { _ = try columns.counted("/next_observations", following, seen.values.count) }
        let infos = try columns.infos("/infos") { shape, values in
            guard shape.first == seen.rows, shape.count <= 2 else { return nil }
            return JourneyInfo(.step, width: shape.dropFirst().first ?? 1, values)
        }
        var journeys = Journeys(width: seen.width)
        journeys.attributes = try logAttributes(file)
        var start = 0
        let rowNumbers = 0..<seen.rows
        for row in rowNumbers where terminals[row] || timeouts[row] || row == seen.rows - 1 {
            defer { start = row + 1 }
            let width = seen.width
            let last = following != nil || terminals[row] ? row + 1 : row
            guard last > start else { continue }
            var observations = Array(seen.values[start * width..<last * width])
            if let following {
                observations += following[row * width..<(row + 1) * width]
            } else if terminals[row] {
                observations += [Float](repeating: 0, count: width)
            } else {
                observations += seen.values[row * width..<(row + 1) * width]
            }
            try journeys.append(
                Journey(
                    observations: observations, actions: Array(actions[start..<last]),
                    rewards: Array(rewards[start..<last]), terminated: terminals[row], truncated: !terminals[row],
                    infos: infos.mapValues { $0.items(start..<last) }))
        }
        guard journeys.count > 0 else {
            throw StorageError.damaged(path: file.url.path, reason: "it holds no complete step")
        }
        return journeys
    }

    private static func d4rlTimeouts(_ columns: ForeignColumns, rows: Int) throws -> [Bool] {
        for name in ["/timeouts", "/episode_terminals"] where try columns.file.exists(name) {
            return try columns.flags(name, count: rows)
        }
        return [Bool](repeating: false, count: rows)
    }
}

extension Journeys {
    /// An info with one item a step, whatever it belongs to.
    public func stepValues(_ info: JourneyInfo) -> HDF5Values {
        var values = info.values[0..<0]
        switch info.scope {
        case .step: return info.values
        case .observation:
            for episode in 0..<count {
                let rows = observationRows(of: episode)
                values.append(info.items(rows.lowerBound..<rows.upperBound - 1).values)
            }
        case .episode:
            for episode in 0..<count {
                let item = info.items(episode..<episode + 1).values
                for _ in steps(of: episode) { values.append(item) }
            }
        }
        return values
    }
}
