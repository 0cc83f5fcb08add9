import LabDomain
import LabStorage

extension JourneyLog {
    /// A log from journeys of another program.
    ///
    /// Episodes without decisions are left out. Throws `SimulationError.inconsistentJourney` with the place of the first
    /// contradiction.
    init(
        foreign journeys: Journeys, file: String, form: String, assuming assumptions: JourneyFormats.Assumptions
    ) throws {
        let head = try JourneyLogHead(foreign: journeys, form: form, file: file, assuming: assumptions)
        self.init(schema: head.schema, actionCount: head.actionCount, discount: head.discount)
        let steps = journeys.steps
        let infos = ForeignInfos(journeys: journeys, file: file)
        actions = journeys.actions
        rewards = journeys.rewards
        terminal = journeys.terminations
        elapsed = try infos.integers("elapsed") ?? [Int32](repeating: 1, count: steps)
        propensities = try infos.numbers("propensity") ?? [Double](repeating: .nan, count: steps)
        permitted =
            try infos.flags("permitted", width: actionCount) ?? infos.flags("action_mask", width: actionCount)
            ?? [Bool](repeating: true, count: steps * actionCount)
        readings =
            try infos.numbers("reading", width: 3)?.map { Float($0) } ?? [Float](repeating: .nan, count: steps * 3)
        posts = try infos.integers("post") ?? [Int32](repeating: -1, count: steps)
        let width = JourneyOutcome.width
        outcomes =
            try infos.numbers("outcome", width: width)?.map { Float($0) }
            ?? [Float](repeating: .nan, count: steps * width)
        let segmentOfStep = try infos.integers("segment")
        let customerOfStep = try infos.integers("customer")
        for episode in 0..<journeys.count {
            let rows = journeys.steps(of: episode)
            guard !rows.isEmpty else { continue }
            let seen = journeys.observationRows(of: episode)
            observations += journeys.observations[seen.lowerBound * featureCount..<seen.upperBound * featureCount]
            offsets.append(rows.upperBound)
            segments.append(segmentOfStep?[rows.lowerBound] ?? 0)
            customers.append(customerOfStep?[rows.lowerBound] ?? Int32(clamping: episode))
        }
        try check(file: file)
    }
}

extension JourneyLogHead {
    fileprivate init(
        foreign journeys: Journeys, form: String, file: String, assuming assumptions: JourneyFormats.Assumptions
    ) throws {
        if let own = try? JourneyLogHead(journeys.attributes, file: file), own.schema.features.count == journeys.width {
            self = own
            return
        }
        guard assumptions.discount > 0, assumptions.discount <= 1 else {
            throw SimulationError.invalidParameters("the discount \(assumptions.discount) is not in (0, 1]")
        }
        let greatest = journeys.actions.max().map { Int($0) + 1 } ?? 1
        let stated = journeys.attributes["action_count"]?.integer.map { Int(clamping: $0) }
        let count = assumptions.actionCount ?? stated ?? greatest
        // A mask has an entry for each action: a slip of one action must not ask for all the memory there is.
        guard count > 0, count <= 1 << 16 else {
            let place = journeys.actions.firstIndex { Int($0) + 1 == greatest } ?? 0
            let episode = (journeys.offsets.firstIndex { $0 > place } ?? 1) - 1
            throw SimulationError.inconsistentJourney(
                file: file, episode: episode, step: place - journeys.offsets[episode],
                reason: "action \(greatest - 1) would make \(count) actions; between 1 and 65536 are possible")
        }
        guard count * journeys.steps <= 1 << 32 else {
            throw SimulationError.inconsistentLog(
                "\(file) has \(journeys.steps) steps and \(count) actions, whose masks would take "
                    + "\(count * journeys.steps >> 30) GiB; say how many actions there are, or import it in parts")
        }
        self.init(
            schema: StateSchema(
                name: form, version: 1, features: (0..<journeys.width).map { "feature\($0)" }),
            actionCount: count, discount: assumptions.discount)
    }
}

/// Infos of other programs, one item a step.
private struct ForeignInfos {
    let journeys: Journeys
    let file: String

    /// `nil` where there is no such info; throws where it cannot be what its name says.
    func numbers(_ name: String, width: Int = 1) throws -> [Double]? {
        guard let info = journeys.infos[name] else { return nil }
        guard info.width == width, let numbers = journeys.stepValues(info).numbers else {
            throw SimulationError.inconsistentLog(
                "the info '\(name)' of \(file) is \(info.description), not \(width) numbers")
        }
        return numbers
    }

    func integers(_ name: String) throws -> [Int32]? {
        guard let numbers = try numbers(name) else { return nil }
        return try numbers.enumerated().map { step, number in
            guard let integer = Int32(exactly: number) else {
                let episode = (journeys.offsets.firstIndex { $0 > step } ?? 1) - 1
                throw SimulationError.inconsistentJourney(
                    file: file, episode: episode, step: step - journeys.offsets[episode],
                    reason: "\(name) is \(number), not a whole number")
            }
            return integer
        }
    }

    func flags(_ name: String, width: Int) throws -> [Bool]? { try numbers(name, width: width)?.map { $0 != 0 } }
}
