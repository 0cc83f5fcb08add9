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
        try setLogAttributes(journeys.attributes, file)
        for episode in 0..<journeys.count { try write(episode, of: journeys, into: file) }
        try file.close()
        let bytes = try FileManager.default.attributesOfItem(atPath: file.url.path)[.size] as? Int ?? 0
        try AtomicFile.write(
            try metadata(journeys, description, bytes: bytes), to: data.appendingPathComponent("metadata.json"))
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
        var authorEmail: [String] = []
        var requirements: [String] = []
        /// Megabytes, to one digit.
        var datasetSize: Double
        var jpegEncoding = false
    }

    private static func metadata(
        _ journeys: Journeys, _ description: MinariDescription, bytes: Int
    ) throws -> Data {
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
            description: description.summary, datasetSize: (Double(bytes) / 1e5).rounded() / 10)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(metadata)
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
