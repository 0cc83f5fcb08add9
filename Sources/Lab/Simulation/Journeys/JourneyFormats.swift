public import Foundation
import LabDomain
public import LabStorage

/// Reads logged journeys whoever wrote them.
public enum JourneyFormats {
    /// What a foreign file does not say of itself.
    public struct Assumptions: Sendable, Equatable {
        /// Discount a period, in (0, 1].
        public var discount: Double
        /// The number of actions; `nil` for one more than the greatest that occurs.
        public var actionCount: Int?

        public init(discount: Double = 0.99, actionCount: Int? = nil) {
            self.discount = discount
            self.actionCount = actionCount
        }
    }

    /// Reads a log of this program, of Minari (file or folder), of d3rlpy 2 or with D4RL's flat keys; which one is told
    /// by what the file holds.
    ///
    /// What the file does not say is assumed: everything permitted, propensity not known (NaN), one period between
    /// decisions, one segment, each episode a customer of its own. Foreign infos of the names `propensity`, `permitted`
    /// or `action_mask`, `elapsed`, `segment`, `customer`, `reading`, `post` and `outcome` are taken over; features
    /// are called `feature0` and so on. Throws `StorageError` or `SimulationError`, which name file, episode and step.
    public static func read(_ url: URL, assuming assumptions: Assumptions = Assumptions()) throws -> JourneyLog {
        let (format, journeys) = try JourneyFormat.read(url)
        return try log(journeys, format, url, assumptions)
    }

    /// Reads a file of a known form; see `read(_:assuming:)`.
    public static func read(
        _ url: URL, as format: JourneyFormat, assuming assumptions: Assumptions = Assumptions()
    ) throws -> JourneyLog {
        try log(format.read(url), format, url, assumptions)
    }

    private static func log(
        _ journeys: Journeys, _ format: JourneyFormat, _ url: URL, _ assumptions: Assumptions
    ) throws -> JourneyLog {
        let file = url.lastPathComponent
        guard format == .lab else {
            return try JourneyLog(foreign: journeys, file: file, form: format.rawValue, assuming: assumptions)
        }
        return try JourneyLog(journeys, head: JourneyLogHead(journeys.attributes, file: file), file: file)
    }
}

extension JourneyFormats {
    /// Writes a log in any form, to a file, or for Minari to a folder in which `<name>/data` is made.
    ///
    /// Minari and D4RL's keys keep everything as infos, d3rlpy has no place for infos (`JourneyFile.exportD3rlpy`).
    ///
    /// - Parameter name: what Minari calls the dataset, such as `ads/journeys-v0`.
    public static func write(
        _ log: JourneyLog, as format: JourneyFormat, to url: URL, name: String = "ads/journeys-v0"
    ) throws {
        switch format {
        case .lab: try log.write(to: url)
        case .d3rlpy: try JourneyFile.exportD3rlpy(log.journeys(), to: url)
        case .d4rl: try JourneyFile.exportD4RL(log.journeys(), to: url)
        case .minari:
            try JourneyFile.exportMinari(
                log.journeys(), to: url,
                MinariDescription(
                    id: name, actionCount: log.actionCount, algorithm: "logged behaviour policy",
                    summary: "Logged journeys, states \(log.schema.name), discount \(log.discount)", author: "labctl"))
        }
    }
}
