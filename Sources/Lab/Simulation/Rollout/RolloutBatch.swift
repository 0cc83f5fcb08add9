import LabDomain
import LabNumerics

/// The customers that a rollout steps together, and what has come of them so far.
struct RolloutBatch {
    let numbers: Range<Int>
    var environment: EnvironmentBatch
    /// Places whose episode goes on.
    var active: [Int]
    /// Those of them about whom is to be decided now.
    var deciding: [Int]
    /// One a place.
    var actions: [Int32]
    /// Periods that the current action still takes, where a rollout goes by periods.
    var remaining: [Int32]
    var tally: RolloutTally
    private var factors: [Double]
    /// Discount from the current decision on.
    private var innerFactors: [Double]
    private var streams: [RandomStream]
    private let actionCount: Int
    private var journeys: [[JourneyDecision]]

    init(_ numbers: Range<Int>, _ environment: any CustomerEnvironment, stream: RandomStream) {
        self.numbers = numbers
        let count = numbers.count
        self.environment = EnvironmentBatch(count: count, featureCount: environment.schema.features.count)
        actionCount = environment.actionCount
        active = Array(0..<count)
        deciding = active
        actions = Array(repeating: 0, count: count)
        remaining = Array(repeating: 0, count: count)
        tally = RolloutTally(count)
        factors = Array(repeating: 1, count: count)
        innerFactors = Array(repeating: 1, count: count)
        streams = numbers.map { stream.child($0) }
        journeys = Array(repeating: [], count: count)
    }

    /// What a policy is shown of those about whom is to be decided.
    func view(permitted: [Bool], hidden: (any HiddenStateEnvironment)?) -> DecisionView {
        let (states, emotions) = (hidden?.hiddenStates ?? [], hidden?.hiddenEmotions ?? [])
        return DecisionView(
            places: deciding, states: decidingStates(), readings: decidingReadings(),
            periods: deciding.map { environment.periods[$0] }, permitted: permitted,
            hiddenStates: states.isEmpty ? [] : deciding.map { states[$0] },
            hiddenEmotions: emotions.isEmpty ? [] : deciding.map { emotions[$0] })
    }

    /// Row-major [deciding, features].
    private func decidingStates() -> [Float] {
        let width = environment.featureCount
        var result: [Float] = []
        result.reserveCapacity(deciding.count * width)
        for place in deciding { result += environment.observations[place * width..<(place + 1) * width] }
        return result
    }

    /// Row-major [deciding, 3].
    func decidingReadings() -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(3 * deciding.count)
        for place in deciding { result += environment.readings[3 * place..<3 * place + 3] }
        return result
    }

    /// Draws one action for each customer about whom is decided; one draw a decision, whatever the probabilities.
    mutating func choose(_ probabilities: [Float], mask: [Bool]) throws {
        guard probabilities.count == deciding.count * actionCount else {
            throw SimulationError.policyDoesNotFit(
                "\(probabilities.count) probabilities were given for \(deciding.count) states")
        }
        for (row, place) in deciding.enumerated() {
            let draw = streams[place].nextDouble()
            var (sum, chosen) = (0.0, -1)
            for action in 0..<actionCount where probabilities[row * actionCount + action] > 0 {
                sum += Double(probabilities[row * actionCount + action])
                chosen = action
                if draw < sum { break }
            }
            guard chosen >= 0, mask[row * actionCount + chosen] else {
                throw SimulationError.policyDoesNotFit("it gave mass to an action that is not permitted, or no mass")
            }
            actions[place] = Int32(chosen)
            innerFactors[place] = 1
        }
    }

    mutating func record(_ view: DecisionView, probabilities: [Float]) {
        let width = environment.featureCount
        for (row, place) in view.places.enumerated() {
            let action = Int(actions[place])
            journeys[place].append(
                JourneyDecision(
                    observation: Array(view.states[row * width..<(row + 1) * width]), action: actions[place],
                    reward: 0, elapsed: 0, propensity: Double(probabilities[row * actionCount + action]),
                    permitted: Array(view.permitted[row * actionCount..<(row + 1) * actionCount]),
                    reading: SIMD3(view.readings[3 * row], view.readings[3 * row + 1], view.readings[3 * row + 2]),
                    post: environment.posts[place],
                    outcome: JourneyOutcome(engagements: 0, conversions: 0, complaints: 0, revenue: 0, cost: 0)))
        }
    }

    /// Adds a step's outcome to each customer and drops those whose episode has ended.
    mutating func settle(discount: Double, keepsJourneys: Bool) {
        for place in active {
            tally.add(environment, place, factor: factors[place])
            if keepsJourneys, let last = journeys[place].indices.last {
                journeys[place][last].add(environment, place, factor: innerFactors[place])
            }
            for _ in 0..<environment.elapsed[place] {
                factors[place] *= discount
                innerFactors[place] *= discount
            }
        }
        active.removeAll { environment.ended($0) }
        deciding = active.filter { remaining[$0] == 0 }
    }

    func appendJourneys(to log: inout JourneyLog) throws {
        let width = environment.featureCount
        for place in journeys.indices {
            try log.append(
                customer: Int32(numbers.lowerBound + place), segment: environment.segments[place],
                decisions: journeys[place],
                ending: Array(environment.observations[place * width..<(place + 1) * width]),
                terminal: environment.terminal[place])
        }
    }
}

extension JourneyDecision {
    /// Adds what a step within this decision brought.
    fileprivate mutating func add(_ batch: EnvironmentBatch, _ place: Int, factor: Double) {
        reward += factor * batch.rewards[place]
        elapsed += batch.elapsed[place]
        outcome.engagements += Float(batch.engagements[place])
        outcome.conversions += Float(batch.conversions[place])
        outcome.complaints += Float(batch.complaints[place])
        outcome.revenue += Float(batch.revenue[place])
        outcome.cost += Float(batch.cost[place])
    }
}
