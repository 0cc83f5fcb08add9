import Foundation

extension JourneyFile {
    /// Reads a `main_data.hdf5` of Minari: `Box` observations of one dimension and discrete actions.
    ///
    /// Infos with one item an observation keep that scope. The number of actions comes from `metadata.json` beside the
    /// file, as the attribute `action_count`. Throws `StorageError`.
    public static func readMinari(_ url: URL) throws -> Journeys {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        return try readMinari(file)
    }

    static func readMinari(_ file: HDF5File) throws -> Journeys {
        let numbers = Set(
            try file.list().compactMap { name in
                name.hasPrefix("episode_") ? Int(name.dropFirst("episode_".count)) : nil
            })
        var journeys: Journeys?
        for number in 0..<numbers.count {
            guard numbers.contains(number) else {
                throw StorageError.damaged(
                    path: file.url.path,
                    reason: "episode_\(number) is missing though it holds \(numbers.count) episodes")
            }
            let (journey, width) = try journey(number, ForeignColumns(file: file), width: journeys?.width)
            var all = journeys ?? Journeys(width: width)
            journeys = nil
            try all.append(journey)
            journeys = all
        }
        guard var journeys else { throw StorageError.damaged(path: file.url.path, reason: "it holds no episode") }
        journeys.attributes = try logAttributes(file)
        if journeys.attributes["action_count"] == nil, let count = try actionCount(besides: file.url) {
            journeys.attributes["action_count"] = .integer(Int64(count))
        }
        return journeys
    }

    private static func journey(
        _ number: Int, _ columns: ForeignColumns, width: Int?
    ) throws -> (episode: Journey, width: Int) {
        let file = columns.file
        let group = "/episode_\(number)"
        if try file.hasAttribute("id", on: group), let id = try file.attribute("id", on: group).integer, id != number {
            throw StorageError.damaged(
                path: file.url.path, reason: "\(group) says that it is episode \(id): its episodes are out of order")
        }
        let actions = try columns.actions(group + "/actions")
        let seen = try columns.observations(group + "/observations", width: width)
        guard seen.rows == actions.count + 1 else {
            throw StorageError.wrongShape(
                file: file.url.path, name: group + "/observations", wanted: "\(actions.count + 1) rows",
                found: "\(seen.rows)")
        }
        let terminations = try columns.flags(group + "/terminations", count: actions.count)
        let truncations = try columns.flags(group + "/truncations", count: actions.count)
        let infos = try columns.infos(group + "/infos") { shape, values in
            guard let items = shape.first, items == seen.rows || items == actions.count, shape.count <= 2 else {
                return nil
            }
            return JourneyInfo(items == seen.rows ? .observation : .step, width: shape.dropFirst().first ?? 1, values)
        }
        let journey = Journey(
            observations: seen.values, actions: actions,
            rewards: try columns.rewards(group + "/rewards", count: actions.count),
            terminated: terminations.last ?? false, truncated: truncations.last ?? false, infos: infos)
        return (journey, seen.width)
    }

    /// What `metadata.json` says of the action space; `nil` where there is none.
    private static func actionCount(besides url: URL) throws -> Int? {
        struct Metadata: Decodable { var actionSpace: String? }
        struct Space: Decodable {
            var type: String
            var n: Int?
            var start: Int?
        }
        let metadata = url.deletingLastPathComponent().appendingPathComponent("metadata.json")
        guard let data = try? Data(contentsOf: metadata) else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let text = try? decoder.decode(Metadata.self, from: data).actionSpace else { return nil }
        guard let space = try? decoder.decode(Space.self, from: Data(text.utf8)) else {
            throw StorageError.damaged(path: metadata.path, reason: "its action_space is not a space of Gymnasium")
        }
        guard space.type == "Discrete", let count = space.n, count > 0, space.start ?? 0 == 0 else {
            throw StorageError.damaged(
                path: metadata.path,
                reason: "its actions are \(space.type); only discrete actions from 0 on can be read")
        }
        return count
    }
}
