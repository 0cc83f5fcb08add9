public import Foundation
public import LabDomain
import LabStorage

/// Reads a log by episodes, so that it need not fit in memory.
///
/// Where episodes begin is kept in memory (8 bytes an episode); all else is read when asked for. Pieces of some hundred
/// episodes or more are quick, as the file keeps each column in chunks of 256 KiB. Safe to use from several threads, which
/// wait for one another.
public final class JourneyLogReader: Sendable {
    public var url: URL { file.url }
    public var schema: StateSchema { head.schema }
    public var actionCount: Int { head.actionCount }
    /// Discount a period, in (0, 1].
    public var discount: Double { head.discount }
    public var episodeCount: Int { file.episodeCount }
    public var decisionCount: Int { file.stepCount }
    /// Shape [episodes + 1], from 0 to the number of decisions.
    public var offsets: [Int] { file.offsets }

    private let head: JourneyLogHead
    private let file: JourneyFileReader

    /// Opens a log that `JourneyLog.write(to:)` or a `JourneyLogWriter` wrote, and checks its digest.
    ///
    /// Throws `StorageError` for a damaged file, `SimulationError.inconsistentLog` where it does not say of which states
    /// it is.
    public init(_ url: URL) throws {
        file = try JourneyFileReader(url)
        head = try JourneyLogHead(file.attributes, file: url.lastPathComponent)
    }

    /// The log of some episodes, numbered from 0.
    ///
    /// Throws `SimulationError.inconsistentJourney` with the place of the first contradiction, by its number in the
    /// whole file, and `StorageError`.
    public func read(episodes: Range<Int>) throws -> JourneyLog {
        try JourneyLog(
            try file.read(episodes: episodes), head: head, file: url.lastPathComponent,
            firstEpisode: episodes.lowerBound)
    }

    /// Whose some episodes are, shape [episodes]; reads nothing else.
    ///
    /// Throws `SimulationError.inconsistentLog` where the file does not say it, and `StorageError`.
    public func customers(episodes: Range<Int>) throws -> [Int32] {
        guard let info = try file.info("customer", episodes: episodes), info.width == 1,
            case .int32s(let customers) = info.values
        else {
            throw SimulationError.inconsistentLog("\(url.lastPathComponent) has no info 'customer' of 1 values")
        }
        return customers
    }
}
