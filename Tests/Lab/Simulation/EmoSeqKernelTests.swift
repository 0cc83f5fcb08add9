import LabDomain
import Testing

@testable import LabSimulation

@Suite struct EmoSeqKernelTests {
    static let kernel = EmoSeqKernel(.presetS)
    let kernel = Self.kernel

    @Test func everyRowIsADistribution() {
        for option in 0..<kernel.optionCount {
            for state in 0..<kernel.size {
                let entries = kernel.row(option: option, state: state)
                #expect(abs(entries.reduce(0, +) - 1) < 1e-12)
                #expect(entries.allSatisfy { $0 >= 0 })
            }
        }
    }

    @Test func agreesWithTheReference() throws {
        let known = try EmoSeqFixture.load()
        for entry in known.transitions {
            let row = kernel.row(option: Int(entry[0]), state: Int(entry[1]))
            #expect(abs(row[Int(entry[2])] - entry[3]) < 1e-12)
        }
        for (key, value) in known.rewards {
            let place = key.split(separator: ":").compactMap { Int($0) }
            #expect(abs(kernel.reward(option: place[0], state: place[1]) - value) < 1e-12)
        }
    }

    @Test func optimumIsTheReferences() throws {
        let known = try EmoSeqFixture.load()
        let optimum = EmoSeqSolution.optimum(kernel)
        #expect(abs(optimum.value - known.optimalValue) < 1e-9)
        for (state, value) in known.stateValues {
            #expect(abs(optimum.values[0][try #require(Int(state))] - value) < 1e-9)
        }
        // The published 38.5803 is the mean over 200,000 drawn customers.
        let total = known.referenceInitialCounts.enumerated().reduce(0.0) {
            $0 + Double($1.element) * optimum.values[0][$1.offset]
        }
        #expect(abs(total / 200_000 - known.referenceSampledOptimum) < 1e-9)
        #expect(abs(total / 200_000 - 38.5803) < 5e-5)
    }

    @Test func fixedPoliciesHaveTheReferencesValues() throws {
        let known = try EmoSeqFixture.load()
        func constant(_ probabilities: [Double]) -> Double {
            EmoSeqSolution.evaluate(kernel) { _, _ in probabilities }.value
        }
        func only(_ action: Int) -> [Double] { (0..<12).map { $0 == action ? 1 : 0 } }
        #expect(abs(constant(Array(repeating: 1 / 12.0, count: 12)) - known.uniform) < 1e-9)
        #expect(abs(constant(only(9)) - known.never) < 1e-9)
        #expect(abs(constant(only(7)) - known.promote7) < 1e-9)
        let myopic = EmoSeqSolution.evaluate(kernel) { _, state in
            let gains = (0..<12).map { kernel.reward(option: min($0, 9), state: state) }
            let best = gains.indices.max { gains[$0] < gains[$1] } ?? 0
            return only(best)
        }
        #expect(abs(myopic.value - known.myopic) < 1e-9)
    }

    @Test func forbiddingPromotionToTheNegativeCostsValue() {
        let free = EmoSeqSolution.optimum(kernel).value
        let guarded = EmoSeqSolution.optimum(kernel) { state, action in
            state == 240 || EmoSeqParameters.presetS.state(state).emotion != 0 || !(6..<9).contains(action)
        }.value
        #expect(guarded < free)
        #expect(guarded > 0.9 * free)
    }

    @Test func spoiledTablesAreRefused() throws {
        try EmoSeqParameters.presetS.validate()
        var shares = EmoSeqParameters.presetS
        shares.emotionShares = [0.5, 0.5, 0.5]
        #expect(throws: SimulationError.invalidParameters("emotionShares must sum to 1")) { try shares.validate() }
        var shape = EmoSeqParameters.presetS
        shape.basket = [1]
        #expect(throws: SimulationError.self) { try shape.validate() }
        var rate = EmoSeqParameters.presetS
        rate.churnBase = .nan
        #expect(throws: SimulationError.self) { try rate.validate() }
    }

    @Test func actionsAndObservationAreInTheReferencesOrder() {
        let parameters = EmoSeqParameters.presetS
        #expect(parameters.actions.map(\.name)[7] == "promote/1")
        #expect(parameters.actions.map(\.name).suffix(3) == ["wait 1", "wait 2", "wait 4"])
        #expect(parameters.schema.features.count == 64)
        #expect(parameters.schema.features[4] == "reading.negative")
        #expect(parameters.schema.features[7] == "sentiment.smoothed")
        #expect(parameters.schema.features[21] == "time")
        for index in 0..<240 { #expect(parameters.index(parameters.state(index)) == index) }
    }
}
