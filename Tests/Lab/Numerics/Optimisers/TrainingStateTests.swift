import Foundation
import LabNumerics
import Testing

@Suite struct TrainingStateTests {
    /// Everything that a training consists of.
    struct Training {
        var network = MLP(sizes: [5, 9, 3], activation: .tanh, stream: RandomStream(seed: 1, name: "net"))
        var optimiser: any Optimiser
        var average: MovingAverage<MLP>
        var draws = RandomStream(seed: 1, name: "batches")
        var schedule = LearningRateSchedule.oneCycle(rate: 0.05, steps: 10)
        let tape = Tape()

        init(_ optimiser: any Optimiser) {
            self.optimiser = optimiser
            average = MovingAverage(of: network, decay: 0.9)
        }

        mutating func step() {
            tape.reset()
            var input = Matrix(rows: 4, columns: 5)
            draws.fillNormal(&input.elements)
            let handles = network.recorded(on: tape)
            let output = network.forward(tape.constant(input), parameters: handles, on: tape)
            tape.backward(from: tape.crossEntropy(output, targets: [0, 1, 2, draws.nextInt(below: 3)]))
            optimiser.learningRate = schedule.rate(after: optimiser.steps)
            optimiser.step(&network.parameters, clipping: .norm(1))
            average.update(with: network)
        }

        func state() throws -> TrainingState {
            var state = TrainingState()
            state.add(network, as: "network")
            state.add(optimiser, as: "optimiser")
            state.add(average, as: "average")
            try state.add(draws, as: "draws")
            return state
        }

        mutating func load(_ state: TrainingState) throws {
            try state.load(&network, "network")
            try load(&optimiser, state)
            try state.load(&average, "average")
            draws = try state.value("draws")
        }

        private func load(_ optimiser: inout any Optimiser, _ state: TrainingState) throws {
            func open(_ opened: some Optimiser) throws -> any Optimiser {
                var opened = opened
                try state.load(&opened, "optimiser", for: network)
                return opened
            }
            optimiser = try open(optimiser)
        }
    }

    static func temporary(_ body: (URL) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString).safetensors")
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file)
    }

    @Test(arguments: [0, 1]) func tenStepsAreFiveAndFiveMore(kind: Int) throws {
        let optimiser: any Optimiser = [SGD(learningRate: 0.1, momentum: 0.9), Adam.decoupled()][kind]
        var whole = Training(optimiser)
        for _ in 0..<10 { whole.step() }
        var first = Training(optimiser)
        for _ in 0..<5 { first.step() }
        var second = Training(optimiser)
        try Self.temporary { file in
            try first.state().write(to: file)
            try second.load(TrainingState.read(file))
        }
        for _ in 0..<5 { second.step() }
        #expect(second.network.parameters == whole.network.parameters)
        #expect(second.average.network.parameters == whole.average.network.parameters)
        #expect(second.optimiser.moments == whole.optimiser.moments && second.optimiser.steps == 10)
        #expect(try second.state() == whole.state())
        #expect(first.network.parameters != whole.network.parameters)
    }

    @Test func aStateBeforeTheFirstStepIsOneToo() throws {
        var fresh = Training(Adam())
        var other = Training(Adam())
        other.step()
        try other.load(fresh.state())
        for _ in 0..<2 {
            fresh.step()
            other.step()
        }
        #expect(other.network.parameters == fresh.network.parameters)
    }

    @Test func unusableStatesAreRefused() throws {
        var training = Training(Adam())
        training.step()
        let state = try training.state()
        var narrow = Training(Adam())
        narrow.network = MLP(sizes: [5, 8, 3], stream: RandomStream(seed: 1, name: "net"))
        #expect(
            throws: NumericsError.unexpectedTensor(
                name: "network.layers.0.weight", expected: "F32 [8, 5]", found: "F32 [9, 5]")
        ) { try narrow.load(state) }
        var deep = Training(Adam())
        deep.network = MLP(sizes: [5, 9, 3, 3], stream: RandomStream(seed: 1, name: "net"))
        #expect(throws: NumericsError.missingTensor(name: "network.layers.2.weight", place: "the training state")) {
            try deep.load(state)
        }
        var shallow = MLP(sizes: [5, 9], stream: RandomStream(seed: 1, name: "net"))
        #expect(throws: NumericsError.self) { try state.load(&shallow, "network") }
        var other = Training(SGD(learningRate: 1))
        #expect(throws: NumericsError.self) { try other.load(state) }
        #expect(throws: NumericsError.self) { try state.value("absent", as: Int.self) }
        #expect(throws: NumericsError.self) { try state.value("draws", as: Int.self) }
        #expect(throws: NumericsError.self) { try training.load(TrainingState()) }
    }

    @Test func foreignAndOlderFilesAreRefused() throws {
        try Self.temporary { file in
            try Safetensors.write([], metadata: [:], to: file)
            #expect(throws: NumericsError.unusableState(place: file.path, reason: "it holds no training state")) {
                try TrainingState.read(file)
            }
            try Safetensors.write([], metadata: ["lab.trainingState": "0"], to: file)
            #expect(
                throws: NumericsError.unusableState(
                    place: file.path, reason: "its format is 0, and this version reads 1")
            ) { try TrainingState.read(file) }
            try TrainingState().write(to: file)
            #expect(try TrainingState.read(file) == TrainingState())
        }
    }
}
