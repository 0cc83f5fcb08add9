import LabNumerics
import RealModule
import Testing

@testable import LabPolicy

@Suite struct ReplayBufferTests {
    /// One transition whose every number tells which one it is.
    private struct Marked: Equatable {
        let number: Int
        var state: [Float] { [Float(number), -Float(number)] }
        var next: [Float] { [Float(number) + 0.5, 0] }
        var permitted: [Bool] { (0..<3).map { number % 7 != $0 } }
        var nextPermitted: [Bool] { (0..<3).map { number % 5 != $0 } }
        var action: Int { number % 3 }
        var reward: Float { Float(number) / 4 }
        var discount: Float { number.isMultiple(of: 4) ? 0 : 0.9 }

        func append(to buffer: inout ReplayBuffer) {
            state.withUnsafeBufferPointer { state in
                permitted.withUnsafeBufferPointer { permitted in
                    next.withUnsafeBufferPointer { next in
                        nextPermitted.withUnsafeBufferPointer { nextPermitted in
                            buffer.append(
                                state: state, permitted: permitted, action: action, reward: reward,
                                discount: discount, next: next, nextPermitted: nextPermitted)
                        }
                    }
                }
            }
        }

        /// Whether a place of a batch is this transition, in every part.
        func isAt(_ place: Int, of batch: ReplayBatch) -> Bool {
            let (states, masks) = (2 * place..<2 * place + 2, 3 * place..<3 * place + 3)
            return batch.states.elements[states].elementsEqual(state)
                && batch.nextStates.elements[states].elementsEqual(next) && batch.actions[place] == action
                && batch.rewards[place] == reward && batch.discounts[place] == discount
                && batch.forbidden.elements[masks].map { $0 == 0 } == permitted
                && batch.nextPermitted[masks].elementsEqual(nextPermitted)
        }
    }

    @Test(arguments: [PrioritisedReplay.off, PrioritisedReplay()])
    func aFullBufferHoldsWhatAQueueHolds(replay: PrioritisedReplay) throws {
        var buffer = ReplayBuffer(capacity: 10, features: 2, actions: 3, prioritisation: replay)
        var queue: [Marked] = []
        var stream = RandomStream(seed: 3, name: "draws")
        for number in 0..<37 {
            let newest = Marked(number: number)
            newest.append(to: &buffer)
            queue.append(newest)
            if queue.count > 10 { queue.removeFirst() }
            #expect(buffer.count == queue.count)
            var batch = ReplayBatch(size: 200, features: 2, actions: 3)
            buffer.draw(&batch, stream: &stream, progress: 0.5)
            let found = (0..<200).map { Int(batch.states[$0, 0]) }
            #expect(Set(found) == Set(queue.map(\.number)), "after \(number)")
            #expect((0..<200).allSatisfy { Marked(number: found[$0]).isAt($0, of: batch) })
        }
    }

    /// So many transitions, each of its own number.
    private static func buffer(_ count: Int, _ replay: PrioritisedReplay) -> ReplayBuffer {
        var transitions = Transitions(featureCount: 1, actionCount: 1)
        for number in 0..<count {
            let row = transitions.appendRow([Float(number)], permitted: [true])
            transitions.append(state: row, action: 0, reward: 0, discount: 0, next: row)
        }
        return ReplayBuffer(transitions, prioritisation: replay)
    }

    /// A batch that names each transition once, to tell errors of.
    private static func everyPlace(_ count: Int) -> ReplayBatch {
        var batch = ReplayBatch(size: count, features: 1, actions: 1)
        batch.places = Array(0..<count)
        return batch
    }

    /// P(i) ∝ (|error| + 0.001)^α and weights (N P(i))^−β over the largest: equation 1 and algorithm 1 of Schaul et al.
    @Test(arguments: [(1.0, 0.4), (0.6, 0.4), (0.5, 1.0)])
    func drawsAndWeightsFollowTheErrors(exponent: Double, correction: Double) throws {
        let errors: [Float] = [0, 0.5, -1, 2, -4, 8, 0.25, 1]
        let replay = PrioritisedReplay(exponent: exponent, correction: correction)
        var buffer = Self.buffer(errors.count, replay)
        buffer.learn(from: errors, of: Self.everyPlace(errors.count))
        let weights = errors.map { Double.pow(Double(abs($0)) + 1e-3, exponent) }
        let sum = weights.reduce(0, +)
        let shares = weights.map { $0 / sum }

        var stream = RandomStream(seed: 5, name: "draws")
        var counts = [Double](repeating: 0, count: errors.count)
        var batch = ReplayBatch(size: 64, features: 1, actions: 1)
        let (batches, progress) = (1_500, 0.25)
        let beta = correction + (1 - correction) * progress
        for _ in 0..<batches {
            buffer.draw(&batch, stream: &stream, progress: progress)
            let given = try #require(batch.weights)
            let expected = batch.places.map { Double.pow(Double(errors.count) * shares[$0], -beta) }
            let largest = expected.max() ?? 1
            for place in 0..<64 {
                counts[batch.places[place]] += 1
                #expect(abs(Double(given[place]) - expected[place] / largest) < 1e-5)
            }
        }
        let draws = Double(64 * batches)
        for (count, share) in zip(counts, shares) {
            // Stratified draws vary less than independent ones, of which this is five standard errors.
            let slack = 5 * (share * (1 - share) / draws).squareRoot() + 1e-12
            #expect(abs(count / draws - share) < slack, "\(count / draws) of \(share)")
        }
    }

    /// One draw from each of 8 parts of equal weight: a transition with half of the weight comes 4 times, always.
    @Test func drawsAreSpreadOverTheWeight() {
        var buffer = Self.buffer(5, PrioritisedReplay(exponent: 1, correction: 0))
        buffer.learn(from: [4, 1, 1, 1, 1].map { $0 - 1e-3 }, of: Self.everyPlace(5))
        var stream = RandomStream(seed: 6, name: "draws")
        var batch = ReplayBatch(size: 8, features: 1, actions: 1)
        for _ in 0..<200 {
            buffer.draw(&batch, stream: &stream, progress: 0)
            // A part's edge is not exact in binary: the neighbour may get one.
            #expect((4...5).contains(batch.places.count { $0 == 0 }) && batch.weights == Array(repeating: 1, count: 8))
        }
    }

    @Test func whatIsNewIsDrawnSoon() {
        var buffer = ReplayBuffer(
            capacity: 4, features: 2, actions: 3, prioritisation: PrioritisedReplay(exponent: 1, correction: 0))
        for number in 0..<4 { Marked(number: number).append(to: &buffer) }
        var batch = ReplayBatch(size: 4, features: 2, actions: 3)
        batch.places = [0, 1, 2, 3]
        buffer.learn(from: [9, 0.001, 0.001, 0.001], of: batch)
        Marked(number: 4).append(to: &buffer)
        // The newest took the place of the oldest and the largest weight that was ever given.
        #expect(abs((buffer.priorities.first ?? 0) - 9.001) < 1e-6)
        var stream = RandomStream(seed: 7, name: "draws")
        buffer.draw(&batch, stream: &stream, progress: 0)
        #expect(batch.states[0, 0] == 4 && batch.places.count { $0 == 0 } >= 3)
    }

    @Test func everyTransitionIsDrawnAlikeWithoutPriorities() {
        var buffer = Self.buffer(8, .off)
        // Errors change nothing then.
        buffer.learn(from: [0, 0, 0, 0, 0, 0, 0, 100], of: Self.everyPlace(8))
        var stream = RandomStream(seed: 8, name: "draws")
        var batch = ReplayBatch(size: 80, features: 1, actions: 1)
        var counts = [Double](repeating: 0, count: 8)
        for _ in 0..<500 {
            buffer.draw(&batch, stream: &stream, progress: 0)
            for place in batch.places { counts[place] += 1 }
        }
        // Chi-square with 7 degrees of freedom: 24.3 is exceeded once in a thousand seeds.
        let statistic = counts.reduce(0) { $0 + ($1 - 5_000) * ($1 - 5_000) / 5_000 }
        #expect(statistic < 24.3 && batch.weights == nil && buffer.priorities.isEmpty)
    }

    @Test func settingsOutOfRangeAreRefused() {
        for (exponent, correction) in [(-0.1, 0.4), (1.1, 0.4), (0.6, -1), (0.6, 2), (.nan, 0.4), (0.6, .nan)] {
            let replay = PrioritisedReplay(exponent: exponent, correction: correction)
            #expect(throws: PolicyError.self) { try replay.validate() }
        }
    }
}
