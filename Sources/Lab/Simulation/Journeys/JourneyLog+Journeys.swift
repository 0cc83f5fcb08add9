import LabDomain
public import LabStorage

extension JourneyLog {
    /// The log as the journeys that files keep, with everything it knows as infos and attributes.
    public func journeys() throws -> Journeys {
        var truncations = [Bool](repeating: false, count: decisionCount)
        for end in offsets.dropFirst() where end > 0 { truncations[end - 1] = !terminal[end - 1] }
        var journeys = try Journeys(
            width: featureCount, offsets: offsets, observations: observations, actions: actions, rewards: rewards,
            terminations: terminal, truncations: truncations,
            infos: [
                "propensity": JourneyInfo(.step, .doubles(propensities)),
                "permitted": JourneyInfo(.step, width: actionCount, .flags(permitted)),
                "elapsed": JourneyInfo(.step, .int32s(elapsed)),
                "reading": JourneyInfo(.step, width: 3, .floats(readings)),
                "post": JourneyInfo(.step, .int32s(posts)),
                "outcome": JourneyInfo(.step, width: JourneyOutcome.width, .floats(outcomes)),
                "customer": JourneyInfo(.episode, .int32s(customers)),
                "segment": JourneyInfo(.episode, .int32s(segments)),
            ])
        journeys.attributes = JourneyLogHead(schema: schema, actionCount: actionCount, discount: discount).attributes
        return journeys
    }

    /// The log that journeys of `journeys()` stand for; `file` and `firstEpisode` are for errors.
    init(_ journeys: Journeys, head: JourneyLogHead, file: String, firstEpisode: Int = 0) throws {
        self.init(schema: head.schema, actionCount: head.actionCount, discount: head.discount)
        guard journeys.width == featureCount else {
            throw SimulationError.inconsistentLog(
                "observations of \(file) have \(journeys.width) numbers, the schema \(featureCount)")
        }
        func info<Element>(_ name: String, _ width: Int, _ values: (HDF5Values) -> [Element]?) throws -> [Element] {
            guard let info = journeys.infos[name], info.width == width, let values = values(info.values) else {
                throw SimulationError.inconsistentLog("\(file) has no info '\(name)' of \(width) values")
            }
            return values
        }
        func integers(_ name: String) throws -> [Int32] {
            try info(name, 1) { if case .int32s(let values) = $0 { values } else { nil } }
        }
        func floats(_ name: String, _ width: Int) throws -> [Float] {
            try info(name, width) { if case .floats(let values) = $0 { values } else { nil } }
        }
        offsets = journeys.offsets
        observations = journeys.observations
        actions = journeys.actions
        rewards = journeys.rewards
        terminal = journeys.terminations
        propensities = try info("propensity", 1) { if case .doubles(let values) = $0 { values } else { nil } }
        permitted = try info("permitted", actionCount) { if case .flags(let values) = $0 { values } else { nil } }
        elapsed = try integers("elapsed")
        readings = try floats("reading", 3)
        posts = try integers("post")
        outcomes = try floats("outcome", JourneyOutcome.width)
        customers = try integers("customer")
        segments = try integers("segment")
        try check(file: file, firstEpisode: firstEpisode)
    }
}

/// What holds for a whole log.
struct JourneyLogHead: Equatable {
    var schema: StateSchema
    var actionCount: Int
    var discount: Double

    var attributes: [String: HDF5Attribute] {
        [
            "schema_name": .string(schema.name), "schema_version": .integer(Int64(schema.version)),
            "schema_features": .strings(schema.features), "action_count": .integer(Int64(actionCount)),
            "discount": .double(discount), "environment": "simulation",
        ]
    }
}

extension JourneyLogHead {
    /// Throws `SimulationError.inconsistentLog` where a file does not say it.
    init(_ attributes: [String: HDF5Attribute], file: String) throws {
        guard let name = attributes["schema_name"]?.text, let version = attributes["schema_version"]?.integer,
            case .strings(let features)? = attributes["schema_features"],
            let count = attributes["action_count"]?.integer, count > 0, count < 1 << 31,
            case .double(let discount)? = attributes["discount"], discount > 0, discount <= 1
        else { throw SimulationError.inconsistentLog("\(file) does not say of which states it is") }
        self.init(
            schema: StateSchema(name: name, version: Int(version), features: features), actionCount: Int(count),
            discount: discount)
    }
}
