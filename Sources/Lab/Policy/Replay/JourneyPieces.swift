public import LabSimulation

/// Episodes of a log file in pieces that are read whole: what a log larger than memory is drawn, split and counted by.
public struct JourneyPieces: Sendable, Equatable {
    /// The episodes of each piece, in the order of the file.
    public var ranges: [Range<Int>]
    /// Episodes inside of `ranges` that are left out.
    public var aside: Set<Int>
    /// Pieces that are in memory at a time.
    public let together: Int

    init(ranges: [Range<Int>], aside: Set<Int>, together: Int) {
        self.ranges = ranges
        self.aside = aside
        self.together = together
    }

    /// All episodes of a log of so many.
    ///
    /// - Parameter window: episodes in memory at a time, at least 1. A window holds eight pieces, so that it mixes eight places
    ///   of the file; where the log is short, more and smaller ones, so that it has at least twenty pieces.
    ///
    /// Throws `PolicyError.invalidSetting`.
    public init(episodeCount: Int, window: Int) throws {
        try PolicyError.require(window >= 1, "window", window, "at least 1")
        let size = max(1, min(window / 8, episodeCount / 20))
        ranges = stride(from: 0, to: episodeCount, by: size).map { $0..<min($0 + size, episodeCount) }
        aside = []
        together = max(1, window / size)
    }

    /// Episodes that are not left out.
    public var episodeCount: Int { ranges.reduce(0) { $0 + $1.count } - aside.count }

    /// Reads some of the pieces as one log, without what is left out. Throws what reading throws.
    public func read(_ pieces: some Sequence<Int>, from reader: JourneyLogReader) throws -> JourneyLog {
        var log = JourneyLog(schema: reader.schema, actionCount: reader.actionCount, discount: reader.discount)
        for piece in pieces {
            let range = ranges[piece]
            let part = try reader.read(episodes: range)
            log.append(
                episodes: (0..<part.episodeCount).lazy.filter { !aside.contains(range.lowerBound + $0) }, of: part)
        }
        return log
    }
}
