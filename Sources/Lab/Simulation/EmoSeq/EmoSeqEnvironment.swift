import Foundation
public import LabDomain
public import LabNumerics

/// EmoSeq as an environment: many customers at once, each with streams of their own.
///
/// What happens to customer i depends on the seed and i alone: not on the batch, nor on its order. The streams of one
/// customer are `dynamics` (six uniform draws a period, always), `basket`, `voice` and `nuisance`, so that two policies
/// tried on the same customers share as much chance as their actions allow.
public struct EmoSeqEnvironment: CustomerEnvironment {
    public let parameters: EmoSeqParameters
    public let schema: StateSchema
    public let actionCount: Int
    public var horizon: Int { parameters.horizon }
    public var discount: Double { parameters.discount }

    let stream: RandomStream
    let voice: any CustomerVoice
    /// Rates by option and living state, flattened: the tables that a period reads.
    let rates: [EmoSeqRates]
    let lengths: [Int32]
    var customers: [EmoSeqCustomer] = []
    /// Row-major [customers, nuisance].
    var nuisance: [Float] = []
    var draws: [Float] = []

    /// - Parameters:
    ///   - voice: how feelings are seen; `GaussianVoice` is the published population.
    ///   - stream: every customer's streams are its children.
    public init(
        _ parameters: EmoSeqParameters = .presetS, voice: (any CustomerVoice)? = nil, stream: RandomStream
    ) throws {
        try parameters.validate()
        self.parameters = parameters
        self.voice = voice ?? GaussianVoice(parameters)
        self.stream = stream
        schema = parameters.schema
        actionCount = parameters.actionCount
        lengths = parameters.actions.map { Int32($0.periods) }
        rates = (0...parameters.contactCount).flatMap { option in
            (0..<parameters.stateCount).map { parameters.rates(parameters.state($0), option: option) }
        }
    }

    public mutating func reset(customers numbers: Range<Int>, into batch: inout EnvironmentBatch) {
        precondition(batch.count == numbers.count && batch.featureCount == schema.features.count)
        customers.removeAll(keepingCapacity: true)
        nuisance = Array(repeating: 0, count: numbers.count * parameters.nuisanceCount)
        draws = Array(repeating: 0, count: parameters.nuisanceCount)
        for (place, number) in numbers.enumerated() {
            var customer = EmoSeqCustomer(parameters, stream: stream.child(number))
            customer.nuisanceStream.fillNormal(&draws)
            for index in draws.indices { nuisance[place * draws.count + index] = draws[index] }
            customer.listen(voice)
            customers.append(customer)
            batch.rewards[place] = 0
            batch.elapsed[place] = 0
            batch.periods[place] = 0
            batch.terminal[place] = false
            batch.truncated[place] = false
            batch.segments[place] = Int32(customer.state.segment)
            batch.engagements[place] = 0
            batch.conversions[place] = 0
            batch.complaints[place] = 0
            batch.revenue[place] = 0
            batch.cost[place] = 0
            advanceNuisance(place, periods: 1)
            observe(place, into: &batch)
        }
    }

    /// The hidden state of a customer in the batch as its number; `stateCount` where they have churned.
    public func latentState(_ place: Int) -> Int {
        customers[place].churned ? parameters.stateCount : parameters.index(customers[place].state)
    }
}
