public import LabDomain
import LabNumerics

extension EmoSeqEnvironment {
    public mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
        guard actions.count == customers.count else {
            throw SimulationError.wrongActionCount(given: actions.count, needed: customers.count)
        }
        for place in customers.indices {
            batch.rewards[place] = 0
            batch.elapsed[place] = 0
            batch.engagements[place] = 0
            batch.conversions[place] = 0
            batch.complaints[place] = 0
            batch.revenue[place] = 0
            batch.cost[place] = 0
            if batch.ended(place) { continue }
            let action = Int(actions[place])
            guard (0..<actionCount).contains(action) else {
                throw SimulationError.unknownAction(action: action, customer: place, count: actionCount)
            }
            play(action, place, into: &batch)
            advanceNuisance(place, periods: Int(batch.elapsed[place]))
            observe(place, into: &batch)
        }
    }

    private mutating func play(_ action: Int, _ place: Int, into batch: inout EnvironmentBatch) {
        let contactCount = parameters.contactCount
        let option = min(action, contactCount)
        let contacted = action < contactCount
        let length = min(lengths[action], Int32(horizon) - batch.periods[place])
        var discounted = 1.0
        for _ in 0..<length {
            let current = rates[option * parameters.stateCount + parameters.index(customers[place].state)]
            let result = customers[place].live(
                current, contacted: contacted, parameters: parameters, option: option, voice: voice)
            batch.rewards[place] += discounted * (result.payment - current.cost)
            batch.revenue[place] += result.payment
            batch.cost[place] += current.cost
            batch.engagements[place] += result.engaged ? 1 : 0
            batch.conversions[place] += result.converted ? 1 : 0
            batch.elapsed[place] += 1
            discounted *= discount
            if customers[place].churned { break }
        }
        batch.periods[place] += batch.elapsed[place]
        batch.terminal[place] = customers[place].churned
        batch.truncated[place] = !customers[place].churned && batch.periods[place] >= Int32(horizon)
    }

    /// Several periods of the nuisance's AR(1) in one draw, which has the same law.
    mutating func advanceNuisance(_ place: Int, periods: Int) {
        var persistence: Float = 1
        var variance: Float = 0
        let (keep, innovation) = (Float(parameters.nuisancePersistence), Float(parameters.nuisanceInnovation))
        for _ in 0..<periods {
            persistence *= keep
            variance = keep * keep * variance + innovation * innovation
        }
        let deviation = variance.squareRoot()
        customers[place].nuisanceStream.fillNormal(&draws)
        let start = place * draws.count
        for index in draws.indices {
            nuisance[start + index] = persistence * nuisance[start + index] + deviation * draws[index]
        }
    }

    /// Writes the observation in the order of `EmoSeqParameters.schema`.
    func observe(_ place: Int, into batch: inout EnvironmentBatch) {
        let customer = customers[place]
        let (segments, channels) = (parameters.segmentCount, parameters.channelCount)
        var at = place * batch.featureCount
        for segment in 0..<segments { batch.observations[at + segment] = customer.proxy[segment] }
        at += segments
        for index in 0..<3 {
            batch.observations[at + index] = customer.heard.features[index]
            batch.readings[3 * place + index] = customer.heard.reading[index]
        }
        batch.posts[place] = customer.heard.post
        at += 3
        batch.observations[at] = customer.sentiment
        batch.observations[at + 1] = customer.engagement
        batch.observations[at + 2] = customer.spend / 10
        batch.observations[at + 3] = min(customer.recency, 20) / 10
        batch.observations[at + 4] = customer.contacts
        batch.observations[at + 5] = min(customer.sinceContact, 10) / 5
        at += 6
        for index in 0...parameters.creatives.count {
            batch.observations[at + index] = index == customer.lastCreative + 1 ? 1 : 0
        }
        at += parameters.creatives.count + 1
        for index in 0...channels { batch.observations[at + index] = index == customer.lastChannel + 1 ? 1 : 0 }
        at += channels + 1
        batch.observations[at] = Float(batch.periods[place]) / Float(horizon)
        at += 1
        let start = place * draws.count
        let scale = Float(parameters.nuisanceScale)
        for index in draws.indices { batch.observations[at + index] = scale * nuisance[start + index] }
    }
}
