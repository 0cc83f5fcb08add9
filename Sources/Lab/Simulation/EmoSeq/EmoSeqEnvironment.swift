public import LabDomain
public import LabNumerics

/// EmoSeq as an environment: many customers at once, each with random words of their own.
///
/// What happens to customer i depends on the seed and i alone: not on the batch, nor on its order. The words of one period
/// are looked up by customer and period (`RandomField`): two policies tried on the same customers share as much chance as
/// their actions allow.
public struct EmoSeqEnvironment: CustomerEnvironment {
    public let parameters: EmoSeqParameters
    public let schema: StateSchema
    public let actionCount: Int
    public let horizon: Int
    public let discount: Double

    let field: RandomField
    let voice: any CustomerVoice
    /// By phase, option and living state: the table that a period reads.
    let odds: [EmoSeqOdds]
    /// 1 where every period is like every other.
    let phaseCount: Int
    let limits: EmoSeqLimits
    let complaintCost: Double
    let channelCount: Int
    /// The first period's option and the length of each action.
    let options: [Int32]
    let lengths: [Int32]
    var customers: [EmoSeqCustomer] = []
    /// What every customer does in a step.
    var plans: [EmoSeqPlan] = []
    /// Row-major [customers, nuisance rounded up to 16], with the scale of the observation.
    var nuisance: [Float] = []

    /// - Parameters:
    ///   - voice: how feelings are seen; `GaussianVoice` is the published population.
    ///   - stream: every customer's random words come from its field.
    public init(
        _ parameters: EmoSeqParameters = .presetS, voice: (any CustomerVoice)? = nil, stream: RandomStream
    ) throws {
        try parameters.validate()
        self.parameters = parameters
        self.voice = voice ?? GaussianVoice(parameters)
        field = RandomField(stream)
        schema = parameters.schema
        actionCount = parameters.actionCount
        horizon = parameters.horizon
        discount = parameters.discount
        limits = EmoSeqLimits(parameters)
        complaintCost = parameters.complaintCost
        channelCount = parameters.channelCount
        options = (0..<parameters.actionCount).map { Int32(parameters.option(ofAction: $0)) }
        lengths = parameters.actions.map { Int32($0.periods) }
        phaseCount = parameters.isStationary ? 1 : parameters.horizon
        odds = (0..<phaseCount).flatMap { phase in
            (0...parameters.contactCount).flatMap { option in
                (0..<parameters.stateCount).map {
                    EmoSeqOdds(parameters.rates(parameters.state($0), option: option, period: phase))
                }
            }
        }
    }

    public mutating func reset(customers numbers: Range<Int>, into batch: inout EnvironmentBatch) {
        precondition(batch.count == numbers.count && batch.featureCount == schema.features.count)
        customers.removeAll(keepingCapacity: true)
        plans = Array(repeating: EmoSeqPlan(option: 0, periods: 0), count: numbers.count)
        nuisance = Array(repeating: 0, count: numbers.count * nuisanceWidth)
        for (place, number) in numbers.enumerated() {
            customers.append(newCustomer(UInt64(truncatingIfNeeded: number)))
            clear(place, &batch)
            batch.periods[place] = 0
            batch.terminal[place] = false
            batch.truncated[place] = false
            batch.segments[place] = customers[place].segment
        }
        advanceNuisance(periods: Array(repeating: 0, count: numbers.count), fresh: true)
        observe(&batch, everyone: true)
    }

    /// The hidden state of a customer in the batch as its number; `stateCount` where they have churned.
    public func latentState(_ place: Int) -> Int {
        customers[place].churned ? parameters.stateCount : Int(customers[place].state)
    }

    /// Column 0 of the field: who a customer is.
    private func newCustomer(_ row: UInt64) -> EmoSeqCustomer {
        var words = [UInt32](repeating: 0, count: 32)
        words.withUnsafeMutableBufferPointer { words in
            if let words = words.baseAddress { field.fill(words, groups: 2, row: row, column: 0) }
        }
        func draw(_ shares: [Double], _ word: Int) -> Int {
            var rest = (Double(words[word]) + 0.5) * 0x1p-32
            for (index, share) in shares.enumerated() {
                rest -= share
                if rest < 0 { return index }
            }
            return shares.lastIndex { $0 > 0 } ?? 0
        }
        let state = EmoSeqState(
            segment: draw(parameters.segmentShares, 0), emotion: draw(parameters.emotionShares, 1),
            funnel: draw(parameters.funnelShares, 2), fatigue: draw(parameters.fatigueShares, 3))
        var customer = EmoSeqCustomer(row: row, state: state, number: parameters.index(state))
        let noise = Float(parameters.segmentNoise)
        let normals = [4, 8].map { RandomField.normals(SIMD4(words[$0], words[$0 + 1], words[$0 + 2], words[$0 + 3])) }
        for index in 0..<parameters.segmentCount { customer.proxy[index] = noise * normals[index / 4][index % 4] }
        customer.proxy[state.segment] += 1
        customer.hear(voice.speak(emotion: state.emotion, words: SIMD4(words[12], words[13], words[14], words[15])))
        return customer
    }
}

/// What a customer does in a step: a contact or none, then quiet periods.
struct EmoSeqPlan: Sendable {
    var option: Int32
    /// 0 for a customer who does not move.
    var periods: Int32
}
