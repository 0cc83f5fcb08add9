public import Foundation
public import LabDomain
import LabStorage

/// Writes a log piece by piece into one file, larger than memory if need be.
///
/// The file is that of `JourneyLog.write(to:)` in what it holds, and reads back with `JourneyLogReader` or
/// `JourneyLog(contentsOf:)`. Its bytes depend on the episodes alone, not on how they were cut into pieces. Nothing is at
/// `url` before `close()`; an error, `discard()` or a lost writer leave nothing behind. Not for several threads at
/// once.
public final class JourneyLogWriter {
    public var url: URL { file.url }
    public var episodeCount: Int { file.episodeCount }
    public var decisionCount: Int { file.stepCount }

    private let head: JourneyLogHead
    private let file: JourneyFileWriter

    /// Throws `StorageError` where no file can be made beside `url`.
    public init(_ url: URL, schema: StateSchema, actionCount: Int, discount: Double) throws {
        head = JourneyLogHead(schema: schema, actionCount: actionCount, discount: discount)
        file = try JourneyFileWriter(url, width: schema.features.count, attributes: head.attributes)
    }

    /// Adds the episodes of a log of the same schema, actions and discount.
    ///
    /// Throws `SimulationError.inconsistentLog` for another log, `.inconsistentJourney` for one that contradicts itself,
    /// or `StorageError`; the file is then discarded.
    public func append(_ log: JourneyLog) throws {
        do {
            guard JourneyLogHead(schema: log.schema, actionCount: log.actionCount, discount: log.discount) == head
            else {
                throw SimulationError.inconsistentLog(
                    "\(url.lastPathComponent) has other states, actions or another discount than what was to be added")
            }
            try log.check(file: url.lastPathComponent, firstEpisode: episodeCount)
            try file.append(try log.journeys())
        } catch {
            discard()
            throw error
        }
    }

    /// Completes the file and puts it in its place.
    public func close() throws { try file.close() }

    /// Leaves nothing behind.
    public func discard() { file.discard() }
}
