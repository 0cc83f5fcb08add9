import LabDomain
import LabNumerics

/// The customers that a rollout steps together, and what has come of them so far.
struct RolloutBatch {
    let numbers: Range<Int>
    var environment: EnvironmentBatch
    /// Places whose episode goes on.
    var active: [Int]
    /// One a place.
    var actions: [Int32]
    var values: [Double]
    var contacts: [Int32]
    var engagements: [Int32]
    var conversions: [Int32]
    var complaints: [Int32]
    var revenue: [Double]
    var cost: [Double]
    private var factors: [Double]
    private var streams: [RandomStream]
    private let actionCount: Int
    private var journeys: [[JourneyDecision]]

    init(_ numbers: Range<Int>, _ environment: some CustomerEnvironment, stream: RandomStream) {
        self.numbers = numbers
        let count = numbers.count
        self.environment = EnvironmentBatch(count: count, featureCount: environment.schema.features.count)
        actionCount = environment.actionCount
        active = Array(0..<count)
        actions = Array(repeating: 0, count: count)
        values = Array(repeating: 0, count: count)
        contacts = Array(repeating: 0, count: count)
        engagements = Array(repeating: 0, count: count)
        conversions = Array(repeating: 0, count: count)
        complaints = Array(repeating: 0, count: count)
        revenue = Array(repeating: 0, count: count)
        cost = Array(repeating: 0, count: count)
        factors = Array(repeating: 1, count: count)
        streams = numbers.map { stream.child($0) }
        journeys = Array(repeating: [], count: count)
    }

    /// Row-major [active, features].
    func activeStates() -> [Float] {
        let width = environment.featureCount
        var result: [Float] = []
        result.reserveCapacity(active.count * width)
        for place in active { result += environment.observations[place * width..<(place + 1) * width] }
        return result
    }

    /// Row-major [active, 3].
    func activeReadings() -> [Float] { active.flatMap { environment.readings[3 * $0..<3 * $0 + 3] } }

    /// Draws one action for each active customer; one draw a decision, whatever the probabilities.
    mutating func choose(_ probabilities: [Float], mask: [Bool]) throws {
        guard probabilities.count == active.count * actionCount else {
            throw SimulationError.policyDoesNotFit(
                "\(probabilities.count) probabilities were given for \(active.count) states")
        }
        for (row, place) in active.enumerated() {
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
        }
    }

    mutating func record(states: [Float], probabilities: [Float], mask: [Bool]) {
        let width = environment.featureCount
        for (row, place) in active.enumerated() {
            let action = Int(actions[place])
            journeys[place].append(
                JourneyDecision(
                    observation: Array(states[row * width..<(row + 1) * width]), action: actions[place], reward: 0,
                    propensity: Double(probabilities[row * actionCount + action]),
                    permitted: Array(mask[row * actionCount..<(row + 1) * actionCount]),
                    reading: SIMD3(
                        environment.readings[3 * place], environment.readings[3 * place + 1],
                        environment.readings[3 * place + 2]),
                    post: environment.posts[place]))
        }
    }

    /// Adds the step's outcome to each customer and drops those whose episode has ended.
    mutating func settle(discount: Double, keepsJourneys: Bool) {
        for place in active {
            values[place] += factors[place] * environment.rewards[place]
            for _ in 0..<environment.elapsed[place] { factors[place] *= discount }
            contacts[place] += environment.cost[place] > 0 ? 1 : 0
            engagements[place] += environment.engagements[place]
            conversions[place] += environment.conversions[place]
            complaints[place] += environment.complaints[place]
            revenue[place] += environment.revenue[place]
            cost[place] += environment.cost[place]
            if keepsJourneys, let last = journeys[place].indices.last {
                journeys[place][last].reward = environment.rewards[place]
                journeys[place][last].elapsed = environment.elapsed[place]
                journeys[place][last].outcome = JourneyOutcome(
                    engagements: Float(environment.engagements[place]),
                    conversions: Float(environment.conversions[place]),
                    complaints: Float(environment.complaints[place]), revenue: Float(environment.revenue[place]),
                    cost: Float(environment.cost[place]))
            }
        }
        active.removeAll { environment.ended($0) }
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
