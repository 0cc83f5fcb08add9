import Foundation

/// Bayes' filter over EmoSeq's latent states: what can be known of a customer from everything that was seen.
///
/// The segment never changes and the moves of emotion, funnel and fatigue do not depend on it, so a belief is held as
/// [emotion × funnel × fatigue] vectors with one lane a segment, and a period takes three small moves instead of a product
/// with a matrix of 240 × 240.
struct EmoSeqFilter: Sendable {
    typealias Belief = SIMD8<Float>

    let cellCount: Int
    let stages: Int
    let degrees: Int
    private let optionCount: Int
    private let phaseCount: Int
    private let segmentCount: Int
    /// [phase, option, outcome, cell]: probability of what was seen and of still being there.
    private let likelihoods: [Belief]
    /// [option, emotion, fatigue, next emotion]
    private let moods: [Float]
    /// [option]
    private let rises: [Float]
    private let falls: [Float]
    private let decays: [Float]
    private let bought: Int
    private let prior: [Belief]
    private let emotionShares: [Float]
    private let segmentPrecision: Float

    /// The number of what was seen in a period.
    static func outcome(converted: Bool, engaged: Bool, complained: Bool) -> Int {
        (converted ? 4 : 0) + (engaged ? 2 : 0) + (complained ? 1 : 0)
    }

    init(_ kernel: EmoSeqKernel) {
        let parameters = kernel.parameters
        (stages, degrees) = (parameters.funnelCount, parameters.fatigueCount)
        cellCount = 3 * stages * degrees
        (optionCount, phaseCount, segmentCount) = (kernel.optionCount, kernel.phaseCount, parameters.segmentCount)
        bought = min(1, stages - 1)
        emotionShares = parameters.emotionShares.map { Float(max($0, 1e-9)) }
        segmentPrecision = Float(1 / max(parameters.segmentNoise * parameters.segmentNoise, 1e-6))
        let initial = parameters.initialDistribution
        var prior = [Belief](repeating: Belief(), count: cellCount)
        var likelihoods = [Belief](
            repeating: Belief(), count: kernel.phaseCount * kernel.optionCount * 8 * cellCount)
        var (moods, rises, falls, decays): ([Float], [Float], [Float], [Float]) = ([], [], [], [])
        for index in 0..<parameters.stateCount { prior[index % cellCount][index / cellCount] = Float(initial[index]) }
        for phase in 0..<kernel.phaseCount {
            for option in 0..<kernel.optionCount {
                for index in 0..<parameters.stateCount {
                    let rates = parameters.rates(parameters.state(index), option: option, period: phase)
                    for outcome in 0..<8 {
                        let place = ((phase * kernel.optionCount + option) * 8 + outcome) * cellCount
                        likelihoods[place + index % cellCount][index / cellCount] = Float(rates.likelihood(outcome))
                    }
                }
            }
        }
        for option in 0..<kernel.optionCount {
            for emotion in 0..<3 {
                for fatigue in 0..<degrees {
                    let state = EmoSeqState(segment: 0, emotion: emotion, funnel: 0, fatigue: fatigue)
                    let rates = parameters.rates(state, option: option)
                    for next in 0..<3 { moods.append(Float(rates.emotion[next])) }
                    if emotion == 0, fatigue == 0 {
                        rises.append(Float(rates.fatigueRise))
                        falls.append(Float(rates.fatigueFall))
                        decays.append(Float(rates.funnelDecay))
                    }
                }
            }
        }
        self.prior = prior
        self.likelihoods = likelihoods
        (self.moods, self.rises, self.falls, self.decays) = (moods, rises, falls, decays)
    }

    /// The belief at an episode's start, from the segment's proxies and the first reading.
    func begin(_ belief: UnsafeMutablePointer<Belief>, proxies: UnsafePointer<Float>, reading: SIMD3<Float>) {
        var top = -Float.infinity
        for segment in 0..<segmentCount { top = max(top, proxies[segment]) }
        var weights = Belief()
        for segment in 0..<segmentCount { weights[segment] = exp((proxies[segment] - top) * segmentPrecision) }
        for cell in 0..<cellCount { belief[cell] = prior[cell] * weights }
        hear(belief, reading)
    }

    /// The belief after a period.
    ///
    /// - Parameter scratch: room for `cellCount` vectors.
    func follow(
        _ belief: UnsafeMutablePointer<Belief>, scratch: UnsafeMutablePointer<Belief>, option: Int, outcome: Int,
        period: Int, reading: SIMD3<Float>
    ) {
        let phase = phaseCount == 1 ? 0 : period
        let block = stages * degrees
        likelihoods.withUnsafeBufferPointer { likelihoods in
            let start = ((phase * optionCount + option) * 8 + outcome) * cellCount
            for cell in 0..<cellCount { belief[cell] *= likelihoods[start + cell] }
        }
        for fatigue in 0..<degrees {
            for next in 0..<3 {
                let row = (option * 3 * degrees + fatigue) * 3 + next
                let (first, second, third) = (moods[row], moods[row + 3 * degrees], moods[row + 6 * degrees])
                for stage in 0..<stages {
                    let cell = stage * degrees + fatigue
                    scratch[next * block + cell] =
                        belief[cell] * first + belief[block + cell] * second + belief[2 * block + cell] * third
                }
            }
        }
        for emotion in 0..<3 { moveFunnel(scratch + emotion * block, outcome: outcome, decay: decays[option]) }
        let (rise, fall) = (rises[option], falls[option])
        for start in stride(from: 0, to: cellCount, by: degrees) {
            for fatigue in 0..<degrees { belief[start + fatigue] = scratch[start + fatigue] * (1 - rise - fall) }
            for fatigue in 0..<degrees {
                belief[start + min(fatigue + 1, degrees - 1)] += scratch[start + fatigue] * rise
                belief[start + max(fatigue - 1, 0)] += scratch[start + fatigue] * fall
            }
        }
        hear(belief, reading)
    }

    /// Moves one emotion's part through the funnel.
    private func moveFunnel(_ cells: UnsafeMutablePointer<Belief>, outcome: Int, decay: Float) {
        for fatigue in 0..<degrees {
            if outcome >= 4 {
                var sum = Belief()
                for stage in 0..<stages {
                    sum += cells[stage * degrees + fatigue]
                    cells[stage * degrees + fatigue] = Belief()
                }
                cells[bought * degrees + fatigue] = sum
            } else if outcome >= 2 {
                for stage in stride(from: stages - 1, to: 0, by: -1) {
                    let below = cells[(stage - 1) * degrees + fatigue]
                    let stays = stage == stages - 1 ? cells[stage * degrees + fatigue] : Belief()
                    cells[stage * degrees + fatigue] = below + stays
                }
                if stages > 1 { cells[fatigue] = Belief() }
            } else {
                for stage in 1..<max(stages, 1) {
                    let moved = cells[stage * degrees + fatigue] * decay
                    cells[(stage - 1) * degrees + fatigue] += moved
                    cells[stage * degrees + fatigue] -= moved
                }
            }
        }
    }

    /// Takes in a reading — a posterior under the initial shares, so divided by them it is the likelihood — and makes the
    /// belief sum to 1.
    private func hear(_ belief: UnsafeMutablePointer<Belief>, _ reading: SIMD3<Float>) {
        let block = stages * degrees
        var sum = Belief()
        for emotion in 0..<3 {
            let likelihood = reading[emotion].isFinite ? max(reading[emotion], 1e-20) / emotionShares[emotion] : 1
            for cell in emotion * block..<(emotion + 1) * block {
                belief[cell] *= likelihood
                sum += belief[cell]
            }
        }
        let total = sum.sum()
        // Nothing that was seen is impossible, but the product of small numbers may be 0 in single precision.
        guard total > 0, total.isFinite else {
            for cell in 0..<cellCount { belief[cell] = prior[cell] }
            return
        }
        for cell in 0..<cellCount { belief[cell] *= 1 / total }
    }
}

extension EmoSeqRates {
    /// The probability of what was seen in a period, and of still being there.
    fileprivate func likelihood(_ outcome: Int) -> Double {
        (outcome & 4 != 0 ? conversion : 1 - conversion) * (outcome & 2 != 0 ? engagement : 1 - engagement)
            * (outcome & 1 != 0 ? complaint * (1 - complaintChurn) : 1 - complaint) * (1 - churn)
    }
}
