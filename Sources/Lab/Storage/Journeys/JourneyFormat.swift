public import Foundation

/// The forms in which logged journeys come as HDF5, told by what a file holds and not by its name.
public enum JourneyFormat: String, Sendable, CaseIterable, Codable {
    /// This program's own: `JourneyFile`.
    case lab
    /// Minari 0.5: a group for each episode.
    case minari
    /// d3rlpy 2: datasets numbered by episode.
    case d3rlpy
    /// D4RL: flat keys, one row a step.
    case d4rl

    /// The form of a file, or of a folder as Minari makes them; throws `StorageError.damaged` for anything else.
    public init(of url: URL) throws {
        let file = try HDF5File.open(try Self.file(at: url))
        defer { file.discard() }
        try self.init(of: file)
    }

    private init(of file: HDF5File) throws {
        if try file.hasAttribute("format"), try file.attribute("format").text == JourneyFile.format {
            self = .lab
        } else if try file.exists("/num_episodes"), try file.exists("/version") {
            self = .d3rlpy
        } else if try file.exists("/observations"), try file.exists("/actions") {
            self = .d4rl
        } else if try file.list().contains(where: { $0.hasPrefix("episode_") }) {
            self = .minari
        } else {
            throw StorageError.damaged(
                path: file.url.path,
                reason:
                    "it holds no journeys of a known form (this program's own, Minari, d3rlpy 2 or D4RL's flat keys)")
        }
    }

    /// The HDF5 file itself: `main_data.hdf5` where a folder of Minari is given.
    static func file(at url: URL) throws -> URL {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw StorageError.notFound(path: url.path)
        }
        guard isFolder.boolValue else { return url }
        let inside = ["data/main_data.hdf5", "main_data.hdf5"].map { url.appendingPathComponent($0) }
        guard let file = inside.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw StorageError.notFound(path: inside[0].path)
        }
        return file
    }

    /// Reads a file of this form as a whole. Throws `StorageError`.
    public func read(_ url: URL) throws -> Journeys {
        let file = try Self.file(at: url)
        return switch self {
        case .lab: try JourneyFile.read(file)
        case .minari: try JourneyFile.readMinari(file)
        case .d3rlpy: try JourneyFile.readD3rlpy(file)
        case .d4rl: try JourneyFile.readD4RL(file)
        }
    }

    /// Reads a file of any of these forms as a whole, and says which one it is. Throws `StorageError`.
    public static func read(_ url: URL) throws -> (format: JourneyFormat, journeys: Journeys) {
        let file = try HDF5File.open(try Self.file(at: url))
        defer { file.discard() }
        let format = try JourneyFormat(of: file)
        let journeys =
            switch format {
            case .lab: try JourneyFileReader(file).readAll()
            case .minari: try JourneyFile.readMinari(file)
            case .d3rlpy: try JourneyFile.readD3rlpy(file)
            case .d4rl: try JourneyFile.readD4RL(file)
            }
        return (format, journeys)
    }
}
