public import Foundation
import LabDomain
import LabStorage

extension JourneyLog {
    /// Writes the log as HDF5 (`JourneyFile`); equal logs give equal bytes. Throws `StorageError`.
    ///
    /// Infos: for each decision `propensity`, `permitted` [actions], `elapsed`, `reading` [3], `post` and
    /// `outcome` [5] in the order of `JourneyOutcome`; for each episode `customer` and `segment`. Attributes: the schema, `action_count`, `discount`, `environment` "simulation".
    public func write(to url: URL) throws {
        var journeys = Journeys(width: featureCount)
        for episode in 0..<episodeCount { try journeys.append(journey(episode)) }
        journeys.attributes = [
            "schema_name": .string(schema.name), "schema_version": .integer(Int64(schema.version)),
            "schema_features": .strings(schema.features), "action_count": .integer(Int64(actionCount)),
            "discount": .double(discount), "environment": "simulation",
        ]
        try JourneyFile.write(journeys, to: url)
    }

    private func journey(_ episode: Int) -> Journey {
        let rows = decisions(episode)
        let ended = terminal[rows.upperBound - 1]
        return Journey(
            observations: Array(
                observations[
                    (rows.lowerBound + episode) * featureCount..<(rows.upperBound + episode + 1) * featureCount]),
            actions: Array(actions[rows]), rewards: Array(rewards[rows]), terminated: ended, truncated: !ended,
            infos: [
                "propensity": JourneyInfo(.step, .doubles(Array(propensities[rows]))),
                "permitted": JourneyInfo(
                    .step, width: actionCount,
                    .flags(Array(permitted[rows.lowerBound * actionCount..<rows.upperBound * actionCount]))),
                "elapsed": JourneyInfo(.step, .int32s(Array(elapsed[rows]))),
                "reading": JourneyInfo(
                    .step, width: 3, .floats(Array(readings[rows.lowerBound * 3..<rows.upperBound * 3]))),
                "post": JourneyInfo(.step, .int32s(Array(posts[rows]))),
                "outcome": JourneyInfo(
                    .step, width: JourneyOutcome.width,
                    .floats(
                        Array(
                            outcomes[
                                rows.lowerBound * JourneyOutcome.width..<rows.upperBound * JourneyOutcome.width]))),
                "customer": JourneyInfo(.episode, .int32s([customers[episode]])),
                "segment": JourneyInfo(.episode, .int32s([segments[episode]])),
            ])
    }

    /// Reads a log that `write(to:)` wrote.
    ///
    /// Throws `StorageError` for a damaged file, `SimulationError.inconsistentLog` where infos are missing or an action
    /// contradicts its mask or propensity.
    public init(contentsOf url: URL) throws {
        let journeys = try JourneyFile.read(url)
        guard let name = journeys.attributes["schema_name"]?.text,
            let version = journeys.attributes["schema_version"]?.integer,
            case .strings(let features)? = journeys.attributes["schema_features"],
            let actionCount = journeys.attributes["action_count"]?.integer,
            case .double(let discount)? = journeys.attributes["discount"]
        else { throw SimulationError.inconsistentLog("\(url.lastPathComponent) does not say of which states it is") }
        self.init(
            schema: StateSchema(name: name, version: Int(version), features: features), actionCount: Int(actionCount),
            discount: discount)
        guard journeys.width == features.count else {
            throw SimulationError.inconsistentLog(
                "observations have \(journeys.width) numbers, the schema \(features.count)")
        }
        offsets = journeys.offsets
        observations = journeys.observations
        actions = journeys.actions
        rewards = journeys.rewards
        terminal = journeys.terminations
        propensities = try Self.info("propensity", 1, journeys) {
            if case .doubles(let values) = $0 { values } else { nil }
        }
        permitted = try Self.info("permitted", self.actionCount, journeys) {
            if case .flags(let values) = $0 { values } else { nil }
        }
        elapsed = try Self.integers("elapsed", journeys)
        readings = try Self.info("reading", 3, journeys) { if case .floats(let values) = $0 { values } else { nil } }
        posts = try Self.integers("post", journeys)
        outcomes = try Self.info("outcome", JourneyOutcome.width, journeys) {
            if case .floats(let values) = $0 { values } else { nil }
        }
        customers = try Self.integers("customer", journeys)
        segments = try Self.integers("segment", journeys)
        try check()
    }

    private static func info<Element>(
        _ name: String, _ width: Int, _ journeys: Journeys, _ values: (HDF5Values) -> [Element]?
    ) throws -> [Element] {
        guard let info = journeys.infos[name], info.width == width, let values = values(info.values) else {
            throw SimulationError.inconsistentLog("it has no info '\(name)' of \(width) values")
        }
        return values
    }

    private static func integers(_ name: String, _ journeys: Journeys) throws -> [Int32] {
        try info(name, 1, journeys) { if case .int32s(let values) = $0 { values } else { nil } }
    }

    private func check() throws {
        for decision in actions.indices {
            let action = Int(actions[decision])
            guard (0..<actionCount).contains(action), permitted[decision * actionCount + action],
                propensities[decision].isNaN || (propensities[decision] > 0 && propensities[decision] <= 1),
                elapsed[decision] >= 1,
                rewards[decision].isFinite
            else { throw SimulationError.inconsistentLog("decision \(decision) contradicts itself") }
        }
    }
}
