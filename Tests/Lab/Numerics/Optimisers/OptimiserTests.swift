import Foundation
@testable import LabNumerics
import Testing

/// PyTorch's figures, see Fixtures/optimisers.py.
@Suite struct OptimiserTests {
    struct Table: Decodable {
        struct Step: Decodable {
            let norm: Float
            let parameters: [[[Float]]]
        }

        let start: [[[Float]]]
        let gradients: [[[[Float]]]]
        let cases: [String: [Step]]
        let average: [[[Float]]]
    }

    static let optimisers: [(name: String, optimiser: any Optimiser, clipping: GradientClipping)] = [
        ("sgd", SGD(learningRate: 0.1), .none),
        ("sgd momentum", SGD(learningRate: 0.05, momentum: 0.9), .none),
        ("sgd nesterov decay", SGD(learningRate: 0.05, momentum: 0.8, isNesterov: true, weightDecay: 0.1), .none),
        ("sgd norm", SGD(learningRate: 0.1, momentum: 0.9), .norm(1.5)),
        ("sgd value", SGD(learningRate: 0.1, momentum: 0.9), .value(0.4)),
        ("adam", Adam(learningRate: 0.01), .none),
        ("adam decay", Adam(learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1), .none),
        ("adamw", Adam.decoupled(learningRate: 0.02, weightDecay: 0.1), .none),
        ("adamw norm", Adam.decoupled(learningRate: 0.02, weightDecay: 0.01), .norm(1)),
    ]

    static func table<Value: Decodable>(_ name: String) throws -> Value {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: "Fixtures/\(name)")))
    }

    /// Leaves `gradients` on the parameters, as the slopes of Σ parameter · gradient.
    static func leave(_ gradients: [Matrix], on parameters: inout [Parameter], tape: Tape) {
        tape.reset()
        let handles = tape.record(&parameters)
        for (index, gradient) in gradients.enumerated() {
            tape.backward(from: tape.sum(tape.multiply(handles[index], tape.constant(gradient))))
        }
    }

    @Test func everyStepIsPyTorchs() throws {
        let table: Table = try Self.table("optimisers.json")
        #expect(Set(table.cases.keys) == Set(Self.optimisers.map(\.name)))
        let tape = Tape()
        for (name, optimiser, clipping) in Self.optimisers {
            var optimiser = optimiser
            var parameters = table.start.map { Parameter(Matrix($0)) }
            for (step, wanted) in try #require(table.cases[name]).enumerated() {
                Self.leave(table.gradients[step].map { Matrix($0) }, on: &parameters, tape: tape)
                let norm = optimiser.step(&parameters, clipping: clipping)
                #expect(abs(norm - wanted.norm) <= 1e-6 * wanted.norm, "\(name), step \(step)")
                for (parameter, expected) in zip(parameters, wanted.parameters) {
                    for (ours, theirs) in zip(parameter.value.elements, expected.joined()) {
                        #expect(abs(ours - theirs) <= 2e-6 * max(1, abs(theirs)), "\(name), step \(step)")
                    }
                }
            }
            #expect(optimiser.steps == 10)
        }
    }

    @Test func schedulesArePyTorchs() throws {
        struct Rates: Decodable { let rates: [String: [Float]] }
        let table = (try Self.table("schedules.json") as Rates).rates
        let schedules: [String: LearningRateSchedule] = [
            "constant": .constant(rate: 0.3), "cosine": .cosine(rate: 0.3, end: 0.01, steps: 24),
            "step": .step(rate: 0.3, factor: 0.5, interval: 7), "exponential": .exponential(rate: 0.3, factor: 0.9),
            "inverse square root": .inverseSquareRoot(rate: 0.3, warmUp: 5),
            "one-cycle": .oneCycle(rate: 0.3, steps: 25),
            "warm-up cosine": .warmUp(steps: 5, factor: 0.1, then: .cosine(rate: 0.3, end: 0, steps: 20)),
        ]
        #expect(Set(table.keys) == Set(schedules.keys))
        for (name, schedule) in schedules {
            try schedule.validate()
            for (step, rate) in try #require(table[name]).enumerated() {
                #expect(abs(schedule.rate(after: step) - rate) <= 1e-7, "\(name), step \(step)")
            }
        }
        // After its end a schedule stays where it ended.
        #expect(LearningRateSchedule.cosine(rate: 0.3, end: 0.01, steps: 24).rate(after: 100) == 0.01)
        #expect(throws: NumericsError.self) { try LearningRateSchedule.oneCycle(rate: 0.1, steps: 0).validate() }
        #expect(
            throws: NumericsError.invalidSetting(name: "schedule.then.rate", value: "0.0", allowed: "positive")
        ) {
            try LearningRateSchedule.warmUp(steps: 1, factor: 0, then: .constant(rate: 0)).validate()
        }
    }

    @Test func theMovingAverageIsPyTorchs() throws {
        let table: Table = try Self.table("optimisers.json")
        var layer = Linear(weight: Matrix(table.start[0]), bias: Matrix([[0, 0]]))
        var average = MovingAverage(of: layer, decay: 0.9)
        for (step, expected) in table.average.enumerated() {
            layer.parameters[0].withMutableValues { values in
                for (index, gradient) in table.gradients[step][0].joined().enumerated() { values[index] += gradient }
            }
            average.update(with: layer)
            for (ours, theirs) in zip(average.network.weight.elements, expected.joined()) {
                #expect(abs(ours - theirs) <= 1e-6 * max(1, abs(theirs)), "step \(step)")
            }
        }
    }

    /// A batch in two halves with the halved loss of each leaves the gradient of the whole.
    @Test func gradientsAddUpOverParts() throws {
        let input = AllocationTests.matrix(8, 5)
        let goal = AllocationTests.matrix(8, 3)
        let tape = Tape()
        func gradients(_ parts: [Range<Int>], accumulating: Bool = true) -> [Matrix] {
            var network = MLP(sizes: [5, 7, 3], stream: RandomStream(seed: 4, name: "parts"))
            for part in parts {
                tape.reset()
                let handles = network.recorded(on: tape, accumulating: accumulating)
                let output = network.forward(
                    tape.constant(input.gathering(rows: Array(part))), parameters: handles, on: tape)
                let error = tape.mse(output, target: goal.gathering(rows: Array(part)))
                tape.backward(from: tape.scale(error, by: 1 / Float(parts.count)))
            }
            return network.parameters.compactMap(\.gradient)
        }
        let whole = gradients([0..<8])
        #expect(whole.count == 4)
        for (whole, halves) in zip(whole, gradients([0..<4, 4..<8])) {
            for (left, right) in zip(whole.elements, halves.elements) { #expect(abs(left - right) < 1e-6) }
        }
        #expect(gradients([0..<4, 4..<8], accumulating: false) != whole)
    }
}
