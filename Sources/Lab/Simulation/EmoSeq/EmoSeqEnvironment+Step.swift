import Foundation
public import LabDomain
import LabNumerics

extension EmoSeqEnvironment {
    public mutating func step(actions: [Int32], into batch: inout EnvironmentBatch) throws {
        guard actions.count == customers.count else {
            throw SimulationError.wrongActionCount(given: actions.count, needed: customers.count)
        }
        for place in customers.indices {
            if batch.terminal[place] || batch.truncated[place] {
                plans[place].periods = 0
                continue
            }
            let action = Int(actions[place])
            guard action >= 0, action < actionCount else {
                throw SimulationError.unknownAction(action: action, customer: place, count: actionCount)
            }
            plans[place] = EmoSeqPlan(option: options[action], periods: lengths[action])
        }
        playPlans(into: &batch)
    }

    /// Lives what the plans say and shows what came of it.
    mutating func playPlans(into batch: inout EnvironmentBatch) {
        for place in customers.indices {
            clear(place, &batch)
            if plans[place].periods > 0 { play(place, into: &batch) }
        }
        advanceNuisance(periods: batch.elapsed, columns: batch.periods)
        observe(&batch)
    }

    func clear(_ place: Int, _ batch: inout EnvironmentBatch) {
        batch.rewards[place] = 0
        batch.elapsed[place] = 0
        batch.engagements[place] = 0
        batch.conversions[place] = 0
        batch.complaints[place] = 0
        batch.revenue[place] = 0
        batch.cost[place] = 0
    }

    private mutating func play(_ place: Int, into batch: inout EnvironmentBatch) {
        var customer = customers[place]
        let quiet = Int(parameters.contactCount)
        var option = Int(plans[place].option)
        var period = batch.periods[place]
        let end = min(period &+ plans[place].periods, Int32(horizon))
        let start = period
        var (discounted, reward, revenue, cost) = (1.0, 0.0, 0.0, 0.0)
        var (engagements, conversions, complaints): (Int32, Int32, Int32) = (0, 0, 0)
        var words = InlineArray<16, UInt32>(repeating: 0)
        while period < end {
            let phase = phaseCount == 1 ? 0 : Int(period)
            let current = odds[(phase &* (quiet &+ 1) &+ option) &* parameters.stateCount &+ Int(customer.state)]
            period &+= 1
            let contacted = option < quiet
            withUnsafeMutableBytes(of: &words) { bytes in
                guard let words = bytes.baseAddress?.assumingMemoryBound(to: UInt32.self) else { return }
                field.fill(words, groups: 1, row: customer.row, column: UInt32(bitPattern: period))
                let lived = customer.live(current, words: words, limits: limits)
                var payment = 0.0
                if lived.converted {
                    payment = current.basket * basketFactor(row: customer.row, period: period)
                    conversions &+= 1
                }
                if lived.engaged { engagements &+= 1 }
                if lived.complained { complaints &+= 1 }
                customer.remember(lived, payment: Float(payment), contacted: contacted)
                customer.hear(
                    voice.speak(emotion: Int(customer.emotion), words: SIMD4(words[8], words[9], words[10], words[11])))
                reward += discounted * (payment - current.cost - (lived.complained ? complaintCost : 0))
                revenue += payment
                cost += current.cost
            }
            if contacted {
                customer.lastCreative = Int32(truncatingIfNeeded: option / channelCount)
                customer.lastChannel = Int32(truncatingIfNeeded: option % channelCount)
            }
            option = quiet
            discounted *= discount
            if customer.churned { break }
        }
        customers[place] = customer
        batch.rewards[place] = reward
        batch.revenue[place] = revenue
        batch.cost[place] = cost
        batch.engagements[place] = engagements
        batch.conversions[place] = conversions
        batch.complaints[place] = complaints
        batch.elapsed[place] = period &- start
        batch.periods[place] = period
        batch.terminal[place] = customer.churned
        batch.truncated[place] = !customer.churned && period >= Int32(horizon)
    }

    /// Gamma with a whole shape and mean 1, as a sum of exponentials; from words of their own, since purchases are rare.
    private func basketFactor(row: UInt64, period: Int32) -> Double {
        let shape = parameters.basketShape
        var words = [UInt32](repeating: 0, count: (shape + 15) / 16 * 16)
        words.withUnsafeMutableBufferPointer { words in
            guard let start = words.baseAddress else { return }
            field.fill(
                start, groups: words.count / 16, row: row, column: UInt32(bitPattern: period), first: Self.baskets)
        }
        var sum = 0.0
        for place in 0..<shape { sum -= log((Double(words[place]) + 0.5) * 0x1p-32) }
        return sum / Double(shape)
    }

    /// Where in a cell the words of baskets and of the nuisance begin, in groups of 16.
    private static let baskets: UInt32 = 1 << 20
    static let nuisances: UInt32 = 1 << 10
}
