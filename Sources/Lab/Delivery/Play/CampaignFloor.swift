import LabDomain
import LabNumerics
import LabSafeguards

/// Where a campaign stands: its customers, caps, budget and what has come of it so far.
struct CampaignFloor {
    let play: CampaignPlay
    let customers: Range<Int>
    var batch: EnvironmentBatch
    /// What each customer's environment is told to play this period.
    var actions: [Int32]
    var outcome = CampaignOutcome()
    private var capper: FrequencyCapper
    private var pacer: BudgetPacer
    private var streams: [RandomStream]
    private var order: RandomStream
    /// Periods that a customer still waits.
    private var holds: [Int]
    private var factor = 1.0
    /// Rows of the log that belong to this period, by customer; −1 for none.
    private var rows: [Int]
    /// Prices reserved this period, by customer; 0 for none.
    private var prices: [Int64]

    init(_ play: CampaignPlay, customers: Range<Int>, environment: some CustomerEnvironment, stream: RandomStream) {
        let count = customers.count
        self.play = play
        self.customers = customers
        batch = EnvironmentBatch(count: count, featureCount: environment.schema.features.count)
        actions = Array(repeating: Int32(play.map.shortestWait), count: count)
        capper = FrequencyCapper(play.campaign.frequencyCaps, customerCount: count)
        pacer = BudgetPacer(
            budget: play.campaign.budget, pacing: play.campaign.pacing,
            duration: Int64(environment.horizon) * play.period)
        streams = customers.map { stream.child($0) }
        order = stream.child("order")
        holds = Array(repeating: 0, count: count)
        rows = Array(repeating: -1, count: count)
        prices = Array(repeating: 0, count: count)
        let zeros = [Int32](repeating: 0, count: count)
        outcome.impressions = zeros
        outcome.promotions = zeros
        outcome.clicks = zeros
        outcome.conversions = zeros
        outcome.decisions = zeros
        outcome.distressed = zeros
        outcome.unknown = zeros
        outcome.values = Array(repeating: 0, count: count)
        outcome.revenue = Array(repeating: 0, count: count)
        outcome.cost = Array(repeating: 0, count: count)
        outcome.churned = Array(repeating: false, count: count)
        outcome.shown = Array(repeating: 0, count: play.shelf.creatives.count)
    }

    /// The customers to decide about, in the random order in which the budget is offered to them this period.
    mutating func deciding() -> [Int] {
        var places = Array(0..<customers.count)
        // The whole order is drawn, so that it does not depend on who is left.
        order.shuffle(&places)
        return places.filter { !batch.ended($0) && holds[$0] == 0 }
    }

    /// Row-major [places, features].
    func states(of places: [Int]) -> [Float] {
        let width = batch.featureCount
        var result: [Float] = []
        result.reserveCapacity(places.count * width)
        for place in places { result += batch.observations[place * width..<(place + 1) * width] }
        return result
    }

    /// Row-major [places, 3].
    func readings(of places: [Int]) -> [Float] { places.flatMap { batch.readings[3 * $0..<3 * $0 + 3] } }

    /// Chooses, asks caps and budget, picks creatives and notes all of it.
    mutating func decide(
        _ places: [Int], _ permitted: PermittedBatch, mask: [Bool], probabilities: [Float], step: Int
    ) throws {
        guard probabilities.count == mask.count else {
            throw DeliveryError.doesNotFit("\(probabilities.count) probabilities were given for \(mask.count) actions")
        }
        let draws = streams.indices.map { streams[$0].nextDouble() }
        for place in actions.indices {
            actions[place] = Int32(play.map.shortestWait)
            rows[place] = -1
            prices[place] = 0
            if holds[place] > 0 { holds[place] -= 1 }
        }
        let width = play.map.count
        for (row, place) in places.enumerated() {
            let cells = row * width..<(row + 1) * width
            let wish = try Self.choose(probabilities[cells], mask[cells], draw: draws[place])
            let assessment = permitted.assessments[row]
            outcome.decisions[place] += 1
            if assessment == .distressed { outcome.distressed[place] += 1 }
            if assessment == .unknown { outcome.unknown[place] += 1 }
            try carryOut(wish, place, assessment, propensity: probabilities[cells.lowerBound + wish], step: step)
        }
    }

    private mutating func carryOut(
        _ wish: Int, _ place: Int, _ assessment: Assessment, propensity: Float, step: Int
    ) throws {
        var action = wish
        var creative = -1
        let reading = likeliest(place)
        switch play.map.actions[wish] {
        case .wait(let periods):
            // This period is one of them.
            holds[place] = max(periods - 1, 0)
            action = play.map.shortestWait
        case .contact(let kind, let platform, let cost):
            let time = Int64(step) * play.period
            if !capper.permits(customer: place, at: time) {
                outcome.capped += 1
                action = play.map.shortestWait
            } else if try !pacer.reserve(cost, at: time + play.period) {
                action = play.map.shortestWait
            } else {
                capper.record(customer: place, at: time)
                prices[place] = cost.micros
                creative = try play.shelf.place(
                    kind: kind, platform: platform, sentiment: assessment == .unknown ? .neutral : reading,
                    customer: customers.lowerBound + place, campaign: play.campaign.id)
                outcome.shown[creative] += 1
                outcome.impressions[place] += 1
                if kind == .promote {
                    outcome.promotions[place] += 1
                    if assessment == .distressed { outcome.promotionsToDistressed += 1 }
                }
            }
        }
        actions[place] = Int32(action)
        rows[place] = outcome.log.count
        outcome.log.customers.append(Int32(customers.lowerBound + place))
        outcome.log.periods.append(Int32(step))
        outcome.log.actions.append(Int32(action))
        outcome.log.wishes.append(Int32(wish))
        outcome.log.propensities.append(propensity)
        outcome.log.creatives.append(Int32(creative))
        outcome.log.assessments.append(Int32(assessment.rawValue))
        outcome.log.readings.append(Int32(reading.rawValue))
        outcome.log.posts.append(batch.posts[place])
        outcome.log.clicked.append(false)
        outcome.log.converted.append(false)
        outcome.log.revenue.append(0)
        outcome.log.cost.append(prices[place])
    }

    /// Books what the period brought.
    mutating func settle(discount: Double) {
        for place in actions.indices where batch.elapsed[place] > 0 {
            let price = Money(micros: prices[place], currency: play.campaign.budget.currency)
            let contacted = prices[place] > 0 || play.map.actions[Int(actions[place])].kind != nil
            if contacted {
                pacer.settle(reserved: price, cost: price)
                outcome.cost[place] += price.micros
                outcome.clicks[place] += batch.engagements[place]
            }
            outcome.conversions[place] += batch.conversions[place]
            outcome.revenue[place] += batch.revenue[place]
            outcome.values[place] += factor * (batch.revenue[place] - price.units)
            if batch.terminal[place] { outcome.churned[place] = true }
            if rows[place] >= 0 {
                outcome.log.clicked[rows[place]] = contacted && batch.engagements[place] > 0
                outcome.log.converted[rows[place]] = batch.conversions[place] > 0
                outcome.log.revenue[rows[place]] = Int64((batch.revenue[place] * 1_000_000).rounded(.toNearestOrEven))
            }
        }
        factor *= discount
        outcome.segments = batch.segments
        outcome.spent = pacer.spent
        outcome.throttled = pacer.throttledCount
        outcome.exhausted = pacer.exhaustedCount
        outcome.spentByPeriod.append(pacer.spent)
    }

    private func likeliest(_ place: Int) -> Sentiment {
        var best = 0
        for index in 1..<3 where batch.readings[3 * place + index] > batch.readings[3 * place + best] { best = index }
        return Sentiment(rawValue: best) ?? .neutral
    }

    /// One action by one uniform draw; throws where the policy puts mass on what is not permitted.
    private static func choose(
        _ probabilities: ArraySlice<Float>, _ mask: ArraySlice<Bool>, draw: Double
    ) throws -> Int {
        var (sum, chosen) = (0.0, -1)
        for (offset, (probability, permitted)) in zip(probabilities, mask).enumerated() where probability > 0 {
            guard permitted else {
                throw DeliveryError.doesNotFit("the policy gives mass to an action that is not permitted")
            }
            sum += Double(probability)
            chosen = offset
            if draw < sum { break }
        }
        guard chosen >= 0 else { throw DeliveryError.doesNotFit("the policy gives no action any mass") }
        return chosen
    }
}
