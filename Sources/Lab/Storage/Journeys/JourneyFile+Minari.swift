import Foundation

/// What Minari wants to know of a dataset besides its episodes.
public struct MinariDescription: Sendable, Equatable {
    /// Such as `ads/journeys-v0`.
    public var id: String
    public var actionCount: Int
    public var algorithm: String
    public var summary: String
    public var author: String

    public init(id: String, actionCount: Int, algorithm: String, summary: String, author: String) {
        self.id = id
        self.actionCount = actionCount
        self.algorithm = algorithm
        self.summary = summary
        self.author = author
    }
}

extension JourneyFile {
    /// Writes `<folder>/<id>/data/main_data.hdf5` and `metadata.json` as Minari 0.5 reads them.
    ///
    /// Each episode is a group `episode_<n>`. An info for each decision gets one more item at its end, as Minari counts
    /// infos with observations: the value 0 (or an empty text), which belongs to no decision; an info for an episode is
    /// repeated. Throws `StorageError`.
    public static func exportMinari(_ journeys: Journeys, to folder: URL, _ description: MinariDescription) throws {
        let data = folder.appendingPathComponent(description.id).appendingPathComponent("data")
        do {
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        } catch {
            throw StorageError.cannotWrite(path: data.path, reason: error.localizedDescription)
        }
        // Not sealed: Minari adds episodes to files that it has.
        let file = try HDF5File.create(data.appendingPathComponent("main_data.hdf5"), sealed: false)
        try file.setAttribute("total_episodes", .integer(Int64(journeys.count)))
        try file.setAttribute("total_steps", .integer(Int64(journeys.steps)))
        for episode in 0..<journeys.count { try write(episode, of: journeys, into: file) }
        try file.close()
        try AtomicFile.write(try metadata(journeys, description), to: data.appendingPathComponent("metadata.json"))
    }

    private static func write(_ episode: Int, of journeys: Journeys, into file: HDF5File) throws {
        let group = "/episode_\(episode)"
        let journey = journeys.journey(episode)
        let steps = journey.actions.count
        try file.makeGroup(group)
        try file.setAttribute("id", .integer(Int64(episode)), on: group)
        try file.setAttribute("total_steps", .integer(Int64(steps)), on: group)
        try file.write(group + "/observations", journey.observations, shape: [steps + 1, journeys.width])
        try file.write(group + "/actions", journey.actions.map(Int64.init))
        try file.write(group + "/rewards", journey.rewards)
        try file.write(group + "/terminations", (0..<steps).map { $0 == steps - 1 && journey.terminated })
        try file.write(group + "/truncations", (0..<steps).map { $0 == steps - 1 && journey.truncated })
        for (name, info) in journey.infos.sorted(by: { $0.key < $1.key }) {
            var values = info.values
            switch info.scope {
            case .observation: break
            case .step: values.append(values.blank(info.width))
            case .episode: for _ in 0..<steps { values.append(info.values) }
            }
            try file.write(
                group + "/infos/" + name, any: values, shape: info.width == 1 ? [steps + 1] : [steps + 1, info.width])
        }
    }

    private struct Metadata: Encodable {
        var totalEpisodes: Int
        var totalSteps: Int
        var dataFormat = "hdf5"
        var observationSpace: String
        var actionSpace: String
        var datasetId: String
        var author: [String]
        var algorithmName: String
        var description: String
        var minariVersion = "0.5.4"
    }

    private static func metadata(_ journeys: Journeys, _ description: MinariDescription) throws -> Data {
        let low = Array(repeating: "-Infinity", count: journeys.width).joined(separator: ", ")
        let high = Array(repeating: "Infinity", count: journeys.width).joined(separator: ", ")
        let metadata = Metadata(
            totalEpisodes: journeys.count, totalSteps: journeys.steps,
            observationSpace: """
                {"type": "Box", "dtype": "float32", "shape": [\(journeys.width)], "low": [\(low)], "high": [\(high)]}
                """,
            actionSpace: """
                {"type": "Discrete", "dtype": "int64", "start": 0, "n": \(description.actionCount)}
                """,
            datasetId: description.id, author: [description.author], algorithmName: description.algorithm,
            description: description.summary)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(metadata)
    }

    /// Reads a `main_data.hdf5` of Minari: `Box` observations of one dimension and discrete actions.
    ///
    /// Infos with one item an observation keep that scope. Throws `StorageError`.
    public static func readMinari(_ url: URL) throws -> Journeys {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        let numbers = try file.list().compactMap { name in
            name.hasPrefix("episode_") ? Int(name.dropFirst("episode_".count)) : nil
        }
        var journeys: Journeys?
        for number in numbers.sorted() {
            let group = "/episode_\(number)"
            let shape = try file.shape(of: group + "/observations")
            guard shape.count == 2 else {
                throw StorageError.wrongShape(
                    file: url.path, name: group + "/observations", wanted: "[steps + 1, width]", found: "\(shape)")
            }
            var all = journeys ?? Journeys(width: shape[1])
            try all.append(try journey(group, in: file, rows: shape[0]))
            journeys = all
        }
        guard let journeys else { throw StorageError.damaged(path: url.path, reason: "it holds no episode") }
        return journeys
    }

    private static func journey(_ group: String, in file: HDF5File, rows: Int) throws -> Journey {
        let terminations = try file.read(group + "/terminations", as: Bool.self)
        let truncations = try file.read(group + "/truncations", as: Bool.self)
        var infos: [String: JourneyInfo] = [:]
        if try file.exists(group + "/infos") {
            for name in try file.list(group + "/infos") {
                let shape = try file.shape(of: group + "/infos/" + name)
                infos[name] = JourneyInfo(
                    shape.first == rows ? .observation : .step, width: shape.dropFirst().reduce(1, *),
                    try file.read(any: group + "/infos/" + name))
            }
        }
        let actions = try file.read(group + "/actions", as: Int64.self)
        return Journey(
            observations: try file.read(group + "/observations", as: Float.self),
            actions: actions.map { Int32(clamping: $0) }, rewards: try file.read(group + "/rewards", as: Double.self),
            terminated: terminations.last ?? false, truncated: truncations.last ?? false, infos: infos)
    }
}

extension HDF5Values {
    /// `count` zeros, false or empty texts of the same kind.
    fileprivate func blank(_ count: Int) -> HDF5Values {
        switch self {
        case .floats: .floats([Float](repeating: 0, count: count))
        case .doubles: .doubles([Double](repeating: 0, count: count))
        case .int32s: .int32s([Int32](repeating: 0, count: count))
        case .int64s: .int64s([Int64](repeating: 0, count: count))
        case .bytes: .bytes([UInt8](repeating: 0, count: count))
        case .flags: .flags([Bool](repeating: false, count: count))
        case .texts: .texts([String](repeating: "", count: count))
        }
    }
}
