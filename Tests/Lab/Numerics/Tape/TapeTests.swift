import LabNumerics
import Testing

@Suite struct TapeTests {
    @Test func constantsGetNoGradient() {
        let tape = Tape()
        let (x, w) = (tape.constant(Matrix([[1, 2]])), tape.parameter(Matrix([[3, 4]])))
        tape.backward(from: tape.sum(tape.multiply(x, w)))
        #expect(tape.gradient(of: w).elements == [1, 2])
        #expect(tape.gradient(of: x).elements == [0, 0])
    }

    @Test func detachedValuesPassNothingBack() {
        let tape = Tape()
        let w = tape.parameter(Matrix([[3]]))
        tape.backward(from: tape.multiply(tape.detached(w), w))
        #expect(tape.gradient(of: w).elements == [3])
    }

    @Test func twoLossesAddTheirGradients() {
        let tape = Tape()
        let w = tape.parameter(Matrix([[3, -1]]))
        let shared = tape.square(w)
        tape.backward(from: tape.sum(shared))
        tape.backward(from: tape.sum(tape.scale(shared, by: 10)))
        #expect(tape.gradient(of: w).elements == [66, -22])
    }

    @Test func resettingChangesNoBit() {
        var network = MLP(sizes: [5, 7, 3], activation: .gelu, stream: RandomStream(seed: 1, name: "net"))
        var stream = RandomStream(seed: 2, name: "input")
        var input = Matrix(rows: 9, columns: 5)
        stream.fillNormal(&input.elements)
        let tape = Tape()
        var results: [[Matrix]] = []
        for _ in 0..<3 {
            tape.reset()
            let handles = network.recorded(on: tape)
            let output = network.forward(tape.constant(input), parameters: handles, on: tape)
            tape.backward(from: tape.crossEntropy(output, targets: [0, 1, 2, 0, 1, 2, 0, 1, 2]))
            results.append(tape.gradients(of: handles) + [tape.value(of: output)])
        }
        #expect(results[0] == results[1] && results[1] == results[2])
        let difference = zip(network(input).elements, results[0][4].elements).map { abs($0 - $1) }.max() ?? 1
        #expect(difference == 0, "inference and tape compute the same")
    }

    @Test func certainLogitsGiveFiniteLosses() {
        let tape = Tape()
        let logits = tape.parameter(Matrix([[500, -500, -.infinity]]))
        let loss = tape.crossEntropy(logits, targets: [0])
        tape.backward(from: loss)
        #expect(tape.scalar(loss) == 0)
        #expect(tape.gradient(of: logits).elements == [0, 0, 0])
    }

    /// A part of a parameter is on the tape as it was, also after the optimiser has changed the parameter.
    @Test func partsOfParametersStayAsTheyWere() {
        var layer = Linear(weight: Matrix([[1, 2], [3, 4]]), bias: Matrix([[0, 0]]))
        let tape = Tape()
        let weight = layer.recorded(on: tape)[0]
        let part = tape.rows(1..<2, of: weight)
        let copy = tape.detached(weight)
        tape.backward(from: tape.sum(part))
        var optimiser = SGD(learningRate: 1)
        optimiser.step(&layer.parameters)
        #expect(layer.weight.elements == [1, 2, 2, 3])
        #expect(tape.value(of: part).elements == [3, 4])
        #expect(tape.value(of: copy).elements == [1, 2, 3, 4])
    }

    /// Two parts of a network, or a network twice, count as one.
    @Test func aNetworkRecordedTwiceIsOne() {
        var layer = Linear(weight: Matrix([[2]]), bias: Matrix([[0]]))
        let tape = Tape()
        let first = layer.recorded(on: tape)
        let second = layer.recorded(on: tape)
        tape.backward(from: tape.multiply(first[0], second[0]))
        #expect(first[0] == second[0])
        #expect(layer.parameters[0].gradient?.elements == [4])
    }

    /// Copies train apart, although they begin with the same memory.
    @Test func copiesOfANetworkTrainApart() {
        var left = Linear(weight: Matrix([[2]]), bias: Matrix([[0]]))
        var right = left
        let tape = Tape()
        let (a, b) = (left.recorded(on: tape), right.recorded(on: tape))
        tape.backward(from: tape.add(tape.scale(a[0], by: 3), tape.scale(b[0], by: 5)))
        let snapshot = left
        var optimiser = SGD(learningRate: 1)
        optimiser.step(&left.parameters)
        #expect(left.weight.elements == [-1] && right.weight.elements == [2] && snapshot.weight.elements == [2])
        #expect(right.parameters[0].gradient?.elements == [5])
    }

    /// A snapshot in the middle takes nothing away from what was gathered so far.
    @Test func aSnapshotBetweenPartsKeepsTheGradient() {
        var layer = Linear(weight: Matrix([[2]]), bias: Matrix([[0]]))
        var snapshots: [Linear] = []
        let tape = Tape()
        for part in 1...2 {
            tape.reset()
            let weight = layer.recorded(on: tape, accumulating: true)[0]
            snapshots.append(layer)
            tape.backward(from: tape.scale(weight, by: Float(part)))
            snapshots.append(layer)
        }
        #expect(layer.parameters[0].gradient?.elements == [3])
        var optimiser = SGD(learningRate: 1)
        optimiser.step(&layer.parameters)
        #expect(layer.weight.elements == [-1] && snapshots.allSatisfy { $0.weight.elements == [2] })
    }

    @Test func mistakesStopTheProgram() async {
        await #expect(processExitsWith: .failure) {
            let tape = Tape()
            let old = tape.parameter(Matrix([[1]]))
            tape.reset()
            _ = tape.square(old)
        }
        await #expect(processExitsWith: .failure) {
            let tape = Tape()
            _ = tape.matmul(tape.constant(Matrix([[1, 2]])), tape.constant(Matrix([[1, 2]])))
        }
        // The way back would count with weights that are not those of the way there.
        await #expect(processExitsWith: .failure) {
            let tape = Tape()
            var layer = Linear(weight: Matrix([[2]]), bias: Matrix([[0]]))
            let loss = tape.square(layer.recorded(on: tape)[0])
            layer.parameters[0].value = Matrix([[3]])
            tape.backward(from: loss)
        }
        await #expect(processExitsWith: .success) {
            let tape = Tape()
            var layer = Linear(weight: Matrix([[2]]), bias: Matrix([[0]]))
            tape.backward(from: tape.square(layer.recorded(on: tape)[0]))
        }
    }
}
