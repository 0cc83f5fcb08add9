public import Foundation

/// Reads a file of `JourneyFile` or `JourneyFileWriter` by episodes, so that it need not fit in memory.
///
/// The digest of the whole file is checked once, when it is opened. Safe to use from several threads, which wait for
/// one another.
public final class JourneyFileReader: Sendable {
    public let url: URL
    /// Numbers in an observation.
    public let width: Int
    /// E + 1 places in the step arrays: 0 first, the number of steps last.
    public let offsets: [Int]
    /// What holds for the whole log.
    public let attributes: [String: HDF5Attribute]
    private let infos: [(name: String, scope: JourneyInfo.Scope, width: Int)]
    private let file: HDF5File

    /// Opens the file; throws `StorageError` if it is none of journeys or its parts do not fit each other.
    public convenience init(_ url: URL) throws { try self.init(HDF5File.open(url)) }

    init(_ file: HDF5File) throws {
        self.file = file
        url = file.url
        try JourneyFile.checkFormat(file)
        let offsets = try file.read("/offsets", as: Int64.self).map { Int($0) }
        guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw StorageError.damaged(path: url.path, reason: "its episode offsets are not in order")
        }
        let steps = offsets.last ?? 0
        guard steps < 1 << 48 else {
            throw StorageError.damaged(path: url.path, reason: "it claims the impossible number of \(steps) steps")
        }
        let shape = try file.shape(of: "/observations")
        guard shape.count == 2, shape[0] == steps + offsets.count - 1 else {
            throw StorageError.wrongShape(
                file: url.path, name: "/observations", wanted: "\(steps + offsets.count - 1) rows", found: "\(shape)")
        }
        width = shape[1]
        for column in ["/actions", "/rewards", "/terminations", "/truncations"] {
            let shape = try file.shape(of: column)
            guard shape == [steps] else {
                throw StorageError.wrongShape(
                    file: url.path, name: column, wanted: "\(steps) values", found: "\(shape)")
            }
        }
        var infos: [(name: String, scope: JourneyInfo.Scope, width: Int)] = []
        for name in try file.exists("/infos") ? file.list("/infos") : [] {
            let path = "/infos/\(name)"
            let shape = try file.shape(of: path)
            let scope = try file.attribute("scope", on: path).text.flatMap(JourneyInfo.Scope.init(rawValue:))
            guard let scope, shape.first == scope.items(steps: steps, episodes: offsets.count - 1) else {
                throw StorageError.wrongShape(
                    file: url.path, name: path, wanted: "an item for each step, observation or episode",
                    found: "\(shape)")
            }
            infos.append((name, scope, shape.dropFirst().reduce(1, *)))
        }
        self.infos = infos
        self.offsets = offsets
        var attributes: [String: HDF5Attribute] = [:]
        for name in try file.attributeNames() where !JourneyFile.reserved.contains(name) {
            attributes[name] = try file.attribute(name)
        }
        self.attributes = attributes
    }

    public var episodeCount: Int { offsets.count - 1 }
    public var stepCount: Int { offsets.last ?? 0 }

    func readAll() throws -> Journeys { try read(episodes: 0..<episodeCount) }

    /// The journeys of some episodes, numbered from 0; throws `StorageError.wrongShape` for episodes that are not there.
    public func read(episodes: Range<Int>) throws -> Journeys {
        guard episodes.lowerBound >= 0, episodes.upperBound <= episodeCount else {
            throw StorageError.wrongShape(
                file: url.path, name: "episodes", wanted: "a part of 0 ..< \(episodeCount)", found: "\(episodes)")
        }
        let steps = offsets[episodes.lowerBound]..<offsets[episodes.upperBound]
        let rows = steps.lowerBound + episodes.lowerBound..<steps.upperBound + episodes.upperBound
        var parts: [String: JourneyInfo] = [:]
        for info in infos {
            let items =
                switch info.scope {
                case .step: steps
                case .observation: rows
                case .episode: episodes
                }
            parts[info.name] = JourneyInfo(
                info.scope, width: info.width, try file.read(any: "/infos/\(info.name)", rows: items))
        }
        var journeys = try Journeys(
            width: width, offsets: offsets[episodes.lowerBound...episodes.upperBound].map { $0 - steps.lowerBound },
            observations: file.read("/observations", as: Float.self, rows: rows),
            actions: file.read("/actions", as: Int32.self, rows: steps),
            rewards: file.read("/rewards", as: Double.self, rows: steps),
            terminations: file.read("/terminations", as: Bool.self, rows: steps),
            truncations: file.read("/truncations", as: Bool.self, rows: steps), infos: parts)
        journeys.attributes = attributes
        return journeys
    }

    /// One info of some episodes alone, which is quicker than all of them; `nil` where the file has none of that name.
    ///
    /// Throws `StorageError.wrongShape` for an info that is not one item an episode, or for episodes that are not there.
    public func info(_ name: String, episodes: Range<Int>) throws -> JourneyInfo? {
        guard let info = infos.first(where: { $0.name == name }) else { return nil }
        guard info.scope == .episode, episodes.lowerBound >= 0, episodes.upperBound <= episodeCount else {
            throw StorageError.wrongShape(
                file: url.path, name: "/infos/\(name)", wanted: "one item for each of episodes 0 ..< \(episodeCount)",
                found: "items of a \(info.scope.rawValue), asked for episodes \(episodes)")
        }
        return JourneyInfo(.episode, width: info.width, try file.read(any: "/infos/\(name)", rows: episodes))
    }
}
