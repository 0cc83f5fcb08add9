import LabNumerics
import Testing

@Suite("AdamW by groups and by rows")
struct TableAdamTests {
    /// A table of seven rows, whose steps use few of them.
    private func gradient(_ step: Int, _ used: [Int], columns: Int) -> Matrix {
        var stream = RandomStream(seed: 9, name: "gradients").child(step)
        var matrix = Matrix(rows: used.count, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }

    private func table(columns: Int) -> Matrix {
        Initialiser.normal().matrix(rows: 7, columns: columns, stream: RandomStream(seed: 2, name: "table"))
    }

    /// Gives parameters the gradient `whole`.
    private func pass(_ whole: Matrix, to parameters: inout ParameterPair) {
        let tape = Tape()
        let handles = parameters.recorded(on: tape)
        tape.backward(from: tape.sum(tape.multiply(handles[0], tape.constant(whole))))
    }

    private struct ParameterPair: Parametrised {
        var parameters: [Parameter]
        var parameterNames: [String] { parameters.indices.map { "\($0)" } }
    }

    @Test("Rows made up for later are those of AdamW on the whole table, bit for bit", arguments: [8, 13])
    func rows(columns: Int) {
        let start = table(columns: columns)
        var dense = ParameterPair(parameters: [Parameter(start)])
        var adam = Adam.decoupled(weightDecay: 0.1)
        var sparse = Parameter(start)
        var rows = TableAdam(rows: 7, columns: columns, group: .init(weightDecay: 0.1))
        let used = [[1, 4], [4], [0, 1, 4], [], [5], [5], [1], [0, 1, 2, 3, 4, 5], [4]]
        for (step, used) in used.enumerated() {
            let rate = 0.01 / Float(step + 1)
            let part = gradient(step, used, columns: columns)
            var whole = Matrix(rows: 7, columns: columns)
            for (index, row) in used.enumerated() {
                for column in 0..<columns { whole[row, column] = part[index, column] }
            }
            adam.learningRate = rate
            pass(whole, to: &dense)
            adam.step(&dense.parameters)
            rows.bringUpToDate(&sparse, rows: used)
            rows.step(&sparse, rows: used, gradient: part, learningRate: rate)
            if step == 4 { rows.bringUpToDate(&sparse) }
        }
        #expect(sparse != dense.parameters[0])
        rows.bringUpToDate(&sparse)
        #expect(sparse == dense.parameters[0])
    }

    @Test("Groups are optimisers of their own with one rate and one limit")
    func groups() {
        let start = table(columns: 9)
        let groups = [GroupedAdam.Group(rate: 0.5, weightDecay: 0.2), .init()]
        var both = ParameterPair(parameters: [Parameter(start), Parameter(start)])
        var grouped = GroupedAdam(groups: groups)
        var alone = [ParameterPair(parameters: [Parameter(start)]), ParameterPair(parameters: [Parameter(start)])]
        var adams = [
            Adam.decoupled(learningRate: 0.005, weightDecay: 0.2), .decoupled(learningRate: 0.01, weightDecay: 0),
        ]
        for step in 0..<4 {
            let slope = gradient(step, Array(0..<7), columns: 9)
            let tape = Tape()
            let handles = both.recorded(on: tape)
            let constant = tape.constant(slope)
            let sum = tape.add(tape.multiply(handles[0], constant), tape.multiply(handles[1], constant))
            tape.backward(from: tape.sum(sum))
            let norm = GroupedAdam.gradientNorm(both.parameters)
            #expect(abs(norm - (2 * slope.elements.reduce(0) { $0 + $1 * $1 }).squareRoot()) < 1e-3)
            grouped.step(&both.parameters, learningRate: 0.01, factor: 0.25)
            for index in 0..<2 {
                var quarter = slope
                for element in quarter.elements.indices { quarter.elements[element] *= 0.25 }
                pass(quarter, to: &alone[index])
                adams[index].step(&alone[index].parameters)
            }
        }
        #expect(both.parameters[0] == alone[0].parameters[0] && both.parameters[1] == alone[1].parameters[0])
    }
}
