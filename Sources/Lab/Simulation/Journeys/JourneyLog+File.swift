public import Foundation
import LabDomain
import LabStorage

extension JourneyLog {
    /// Writes the log as HDF5 (`JourneyFile`); equal logs give equal bytes. Throws `StorageError`.
    ///
    /// Infos: for each decision `propensity`, `permitted` [actions], `elapsed`, `reading` [3], `post` and
    /// `outcome` [5] in the order of `JourneyOutcome`; for each episode `customer` and `segment`. Attributes: the schema,
    /// `action_count`, `discount`, `environment` "simulation".
    public func write(to url: URL) throws { try JourneyFile.write(try journeys(), to: url) }

    /// Reads a log that `write(to:)` or a `JourneyLogWriter` wrote.
    ///
    /// Throws `StorageError` for a damaged file, `SimulationError.inconsistentLog` where infos are missing,
    /// `SimulationError.inconsistentJourney` where an action contradicts its mask or propensity.
    public init(contentsOf url: URL) throws {
        let reader = try JourneyLogReader(url)
        self = try reader.read(episodes: 0..<reader.episodeCount)
    }
}
