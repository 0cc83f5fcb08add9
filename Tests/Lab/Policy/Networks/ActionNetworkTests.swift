import LabNumerics
import Testing

@testable import LabPolicy

@Suite struct ActionNetworkTests {
    /// A network all of whose weights and biases are random.
    static func network(_ hidden: [Int], actions: Int, isDueling: Bool, seed: UInt64 = 1) -> ActionNetwork {
        var stream = RandomStream(seed: seed, name: "weights")
        var network = ActionNetwork(
            inputs: 5, hidden: hidden, outputs: actions, isDueling: isDueling, stream: stream.child("network"))
        for index in network.parameters.indices {
            for place in network.parameters[index].value.elements.indices {
                network.parameters[index].value.elements[place] = stream.nextFloat() - 0.5
            }
        }
        return network
    }

    private static func outputs(_ network: ActionNetwork, _ states: Matrix) -> [Float] {
        let tape = Tape()
        let result = network.forward(tape.constant(states), parameters: network.fixed(on: tape), on: tape)
        return tape.withValues(of: result) { Array($0) }
    }

    private static func states(_ rows: Int) -> Matrix {
        var stream = RandomStream(seed: 2, name: "states")
        return Matrix(rows: rows, columns: 5, elements: (0..<5 * rows).map { _ in 4 * stream.nextFloat() - 2 })
    }

    @Test(arguments: [[8], [33, 16], [16, 64, 7]], [true, false])
    func thePlainFormIsTheSameFunction(hidden: [Int], isDueling: Bool) {
        for actions in [1, 2, 12, 49] {
            let network = Self.network(hidden, actions: actions, isDueling: isDueling)
            let states = Self.states(40)
            let trained = Self.outputs(network, states)
            let plain = network.plain(states).elements
            #expect(trained.count == 40 * actions && plain.count == trained.count)
            for (mine, other) in zip(plain, trained) { #expect(abs(mine - other) <= 1e-5 * max(1, abs(other))) }
        }
    }

    /// Q = V + A − mean A: what all advantages gain together changes nothing, what the value gains, every action gains.
    @Test func advantagesAreRelativeAndTheValueIsShared() {
        let network = Self.network([8], actions: 4, isDueling: true)
        let states = Self.states(10)
        let before = Self.outputs(network, states)
        var shifted = network
        let names = network.parameterNames
        guard let value = names.firstIndex(of: "value.bias"), let advantage = names.firstIndex(of: "advantage.bias")
        else { return #expect(Bool(false), "\(names)") }
        for action in 0..<4 { shifted.parameters[advantage].value.elements[action] += 3 }
        for (mine, other) in zip(Self.outputs(shifted, states), before) { #expect(abs(mine - other) < 1e-4) }
        shifted.parameters[value].value.elements[0] += 2
        for (mine, other) in zip(Self.outputs(shifted, states), before) { #expect(abs(mine - other - 2) < 1e-4) }
        // One advantage alone raises its action by 3/4 of its gain and takes 1/4 of it from the others.
        var single = network
        single.parameters[advantage].value.elements[1] += 4
        for (place, pair) in zip(Self.outputs(single, states), before).enumerated() {
            #expect(abs(pair.0 - pair.1 - (place % 4 == 1 ? 3 : -1)) < 1e-4)
        }
    }
}
