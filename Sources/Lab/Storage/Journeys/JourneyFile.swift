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
        try setRootAttributes(file, episodes: journeys.count, steps: journeys.steps)
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

    /// Reads journeys that `write` or a `JourneyFileWriter` wrote; throws `StorageError.damaged` if the parts do not fit
    /// each other.
    public static func read(_ url: URL) throws -> Journeys {
        try JourneyFileReader(url).readAll()
    }

    /// Attributes that belong to the form and not to the log.
    static let reserved: Set<String> = ["format", "format_version", "total_episodes", "total_steps"]

    static func setRootAttributes(_ file: HDF5File, episodes: Int, steps: Int) throws {
        try file.setAttribute("format", .string(format))
        try file.setAttribute("format_version", .integer(Int64(version)))
        try file.setAttribute("total_episodes", .integer(Int64(episodes)))
        try file.setAttribute("total_steps", .integer(Int64(steps)))
    }

    static func checkFormat(_ file: HDF5File) throws {
        guard try file.hasAttribute("format"), try file.attribute("format").text == format else {
            throw StorageError.damaged(path: file.url.path, reason: "it holds no journeys (attribute format)")
        }
        let found = Int(try file.attribute("format_version").integer ?? 0)
        guard found == version else {
            throw StorageError.unsupportedFormat(path: file.url.path, found: found, supported: version)
        }
    }
}
