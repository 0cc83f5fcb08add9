import Foundation

/// Writes and reads journeys as HDF5.
///
/// The datasets and their names are Minari's (`observations`, `actions`, `rewards`, `terminations`, `truncations`,
/// `infos/…`), but all episodes share one dataset each and `/offsets` says where an episode begins. Minari's own layout
/// has a group for each episode: measured with libhdf5 alone, 5,000 episodes of 15 steps, 64 numbers an observation and
/// ten infos are 55,000 datasets that take 1.0 s to write, 0.6 s to read and 49 MB; the flat layout takes 0.5 s, 0.1 s
/// and 17 MB, and one column can be read alone. `exportMinari` writes the other layout for programs that want it,
/// `readMinari` reads it.
///
/// Root attributes: `format` "lab-journeys", `format_version` 1, `total_episodes`, `total_steps`, and those of the log.
/// Each dataset of `/infos` has the attribute `scope`: step, observation or episode.
public enum JourneyFile {
    static let format = "lab-journeys"
    static let version = 1

    /// Writes the journeys to `url` in one step; equal journeys give equal bytes. Throws `StorageError`.
    public static func write(_ journeys: Journeys, to url: URL) throws {
        let file = try HDF5File.create(url)
        for (name, value) in journeys.attributes.sorted(by: { $0.key < $1.key }) {
            try file.setAttribute(name, value)
        }
        try file.setAttribute("format", .string(format))
        try file.setAttribute("format_version", .integer(Int64(version)))
        try file.setAttribute("total_episodes", .integer(Int64(journeys.count)))
        try file.setAttribute("total_steps", .integer(Int64(journeys.steps)))
        let fast = HDF5Compression.deflate(level: 1)
        try file.write("/offsets", journeys.offsets.map(Int64.init), compression: fast)
        try file.write(
            "/observations", journeys.observations, shape: [journeys.steps + journeys.count, journeys.width],
            compression: fast)
        try file.write("/actions", journeys.actions, compression: fast)
        try file.write("/rewards", journeys.rewards, compression: fast)
        try file.write("/terminations", journeys.terminations, compression: fast)
        try file.write("/truncations", journeys.truncations, compression: fast)
        for (name, info) in journeys.infos.sorted(by: { $0.key < $1.key }) {
            let items = info.scope.items(steps: journeys.steps, episodes: journeys.count)
            let path = "/infos/\(name)"
            try file.write(
                path, any: info.values, shape: info.width == 1 ? [items] : [items, info.width], compression: fast)
            try file.setAttribute("scope", .string(info.scope.rawValue), on: path)
        }
        try file.close()
    }

    /// Reads journeys that `write` wrote; throws `StorageError.damaged` if the parts do not fit each other.
    public static func read(_ url: URL) throws -> Journeys {
        let file = try HDF5File.open(url)
        defer { file.discard() }
        guard try file.hasAttribute("format"), try file.attribute("format").text == format else {
            throw StorageError.damaged(path: url.path, reason: "it holds no journeys (attribute format)")
        }
        let found = Int(try file.attribute("format_version").integer ?? 0)
        guard found == version else {
            throw StorageError.unsupportedFormat(path: url.path, found: found, supported: version)
        }
        let offsets = try file.read("/offsets", as: Int64.self).map { Int($0) }
        let steps = offsets.last ?? 0
        let episodes = offsets.count - 1
        guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw StorageError.damaged(path: url.path, reason: "its episode offsets are not in order")
        }
        let shape = try file.shape(of: "/observations")
        guard shape.count == 2, shape[0] == steps + episodes else {
            throw StorageError.wrongShape(
                file: url.path, name: "/observations", wanted: "\(steps + episodes) rows", found: "\(shape)")
        }
        var infos: [String: JourneyInfo] = [:]
        if try file.exists("/infos") {
            for name in try file.list("/infos") {
                infos[name] = try info("/infos/\(name)", in: file, steps: steps, episodes: episodes)
            }
        }
        var journeys = Journeys(
            width: shape[1], offsets: offsets, observations: try file.read("/observations", as: Float.self),
            actions: try column("/actions", Int32.self, steps, file),
            rewards: try column("/rewards", Double.self, steps, file),
            terminations: try column("/terminations", Bool.self, steps, file),
            truncations: try column("/truncations", Bool.self, steps, file), infos: infos)
        for name in try file.attributeNames() where !reserved.contains(name) {
            journeys.attributes[name] = try file.attribute(name)
        }
        return journeys
    }

    private static let reserved: Set<String> = ["format", "format_version", "total_episodes", "total_steps"]

    private static func column<Element: HDF5Element>(
        _ path: String, _ element: Element.Type, _ count: Int, _ file: HDF5File
    ) throws -> [Element] {
        let values = try file.read(path, as: element)
        guard values.count == count else {
            throw StorageError.wrongShape(
                file: file.url.path, name: path, wanted: "\(count) values", found: "\(values.count)")
        }
        return values
    }

    private static func info(
        _ path: String, in file: HDF5File, steps: Int, episodes: Int
    ) throws -> JourneyInfo {
        let shape = try file.shape(of: path)
        let scope = try file.attribute("scope", on: path).text.flatMap(JourneyInfo.Scope.init(rawValue:))
        guard let scope, shape.first == scope.items(steps: steps, episodes: episodes) else {
            throw StorageError.wrongShape(
                file: file.url.path, name: path, wanted: "an item for each step, observation or episode",
                found: "\(shape)")
        }
        return JourneyInfo(scope, width: shape.dropFirst().reduce(1, *), try file.read(any: path))
    }
}
