public import Foundation

/// Writes journeys piece by piece into one file of the form of `JourneyFile`, larger than memory if need be.
///
/// Memory holds at most one piece and one chunk (256 KiB) of each dataset. The bytes depend on the episodes alone, not on how
/// they were cut into pieces. Nothing is at `url` before `close()`; `discard()`, an error or a lost writer leave
/// nothing behind. Infos that are texts are refused: their width would have to be known before. Errors are
/// `StorageError`. Not for several threads at once.
public final class JourneyFileWriter {
    public let url: URL
    public private(set) var episodeCount = 0
    public private(set) var stepCount = 0

    private let file: HDF5File
    private let width: Int
    private let attributes: [String: HDF5Attribute]
    private var columns: [JourneyColumn] = []
    /// The infos of all episodes, in the order of their columns.
    private var infos: [(name: String, shape: JourneyInfo)] = []

    /// - Parameter attributes: what holds for the whole log.
    public init(_ url: URL, width: Int, attributes: [String: HDF5Attribute] = [:]) throws {
        self.url = url
        self.width = width
        self.attributes = attributes
        file = try HDF5File.createOnDisk(url)
    }

    /// Adds the episodes of a log; the first piece decides which infos there are, later ones must have the same.
    ///
    /// Throws `StorageError.wrongShape` for a log of another form; the file is then discarded.
    public func append(_ journeys: Journeys) throws {
        guard file.isOpen else { throw StorageError.closed(path: url.path) }
        do {
            try check(journeys)
            if columns.isEmpty { try makeColumns(journeys.infos) }
            for episode in 0..<journeys.count { try add(episode, of: journeys) }
        } catch {
            discard()
            throw error
        }
    }

    /// Completes the file and puts it in its place.
    public func close() throws {
        do {
            if columns.isEmpty { try makeColumns([:]) }
            for index in columns.indices { try columns[index].flush(file, all: true) }
            for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { try file.setAttribute(name, value) }
            try JourneyFile.setRootAttributes(file, episodes: episodeCount, steps: stepCount)
        } catch {
            discard()
            throw error
        }
        try file.close()
    }

    /// Leaves nothing behind.
    public func discard() { file.discard() }

    private func check(_ journeys: Journeys) throws {
        guard journeys.width == width else {
            throw StorageError.wrongShape(
                file: url.path, name: "/observations", wanted: "\(width) numbers a row", found: "\(journeys.width)")
        }
        guard !columns.isEmpty else { return }
        for (name, shape) in infos {
            guard let info = journeys.infos[name], shape.accepts(info) else {
                throw StorageError.wrongShape(
                    file: url.path, name: "/infos/\(name)", wanted: shape.description,
                    found: journeys.infos[name]?.description ?? "nothing")
            }
        }
        if let more = journeys.infos.keys.filter({ name in !infos.contains { $0.name == name } }).min() {
            throw StorageError.wrongShape(
                file: url.path, name: "/infos/\(more)", wanted: "nothing, as in the episodes before",
                found: journeys.infos[more]?.description ?? "")
        }
    }

    private func makeColumns(_ found: [String: JourneyInfo]) throws {
        func column(_ path: String, _ values: HDF5Values, _ width: Int = 1, isMatrix: Bool = false) throws {
            columns.append(try JourneyColumn(path, like: values, width: width, isMatrix: isMatrix, in: file))
        }
        try column("/offsets", .int64s([]))
        try column("/observations", .floats([]), width, isMatrix: true)
        try column("/actions", .int32s([]))
        try column("/rewards", .doubles([]))
        try column("/terminations", .flags([]))
        try column("/truncations", .flags([]))
        infos = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.emptied) }
        for (name, info) in infos {
            try column("/infos/\(name)", info.values, info.width, isMatrix: info.width != 1)
            try file.setAttribute("scope", .string(info.scope.rawValue), on: "/infos/\(name)")
        }
        columns[0].append(.int64s([0]))
    }

    private func add(_ episode: Int, of journeys: Journeys) throws {
        let steps = journeys.steps(of: episode)
        let rows = journeys.observationRows(of: episode)
        stepCount += steps.count
        episodeCount += 1
        columns[0].append(.int64s([Int64(stepCount)]))
        columns[1].append(.floats(Array(journeys.observations[rows.lowerBound * width..<rows.upperBound * width])))
        columns[2].append(.int32s(Array(journeys.actions[steps])))
        columns[3].append(.doubles(Array(journeys.rewards[steps])))
        columns[4].append(.flags(Array(journeys.terminations[steps])))
        columns[5].append(.flags(Array(journeys.truncations[steps])))
        for (index, info) in infos.enumerated() {
            guard let all = journeys.infos[info.name] else { continue }
            columns[6 + index].append(all.items(all.scope.range(episode, steps: steps, rows: rows)).values)
        }
        for index in columns.indices { try columns[index].flush(file) }
    }
}
