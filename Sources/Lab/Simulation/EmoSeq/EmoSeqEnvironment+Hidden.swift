public import LabDomain

extension EmoSeqEnvironment: HiddenStateEnvironment {
    public var hiddenStates: [Int32] {
        let churned = Int32(parameters.stateCount)
        return customers.map { $0.churned ? churned : $0.state }
    }

    public var hiddenEmotions: [Int32] { customers.map(\.emotion) }
}

extension EmoSeqEnvironment: PeriodicEnvironment {
    public var quietOption: Int32 { Int32(parameters.contactCount) }

    public func firstOption(ofAction action: Int32) -> Int32 { options[Int(action)] }

    public func periods(ofAction action: Int32) -> Int32 { lengths[Int(action)] }

    public mutating func stepPeriod(options chosen: [Int32], into batch: inout EnvironmentBatch) throws {
        guard chosen.count == customers.count else {
            throw SimulationError.wrongActionCount(given: chosen.count, needed: customers.count)
        }
        for place in customers.indices {
            let (option, over) = (chosen[place], batch.terminal[place] || batch.truncated[place])
            guard option >= 0, option <= quietOption else {
                throw SimulationError.unknownAction(
                    action: Int(option), customer: place, count: Int(quietOption) + 1)
            }
            plans[place] = EmoSeqPlan(option: option, periods: over ? 0 : 1)
        }
        playPlans(into: &batch)
    }
}
