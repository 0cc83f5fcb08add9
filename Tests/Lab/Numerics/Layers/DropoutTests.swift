import LabNumerics
import Testing

@Suite struct DropoutTests {
    static func masked(_ dropout: Dropout, step: Int, count: Int = 20_000) -> [Float] {
        let tape = Tape()
        let ones = tape.constant(Matrix(rows: 1, columns: count, repeating: 1))
        return tape.value(of: dropout.forward(ones, step: step, on: tape)).elements
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9]) func theMeanStays(probability: Float) {
        let values = Self.masked(Dropout(probability: probability, stream: RandomStream(seed: 1, name: "d")), step: 0)
        let kept = values.filter { $0 != 0 }
        #expect(kept.allSatisfy { $0 == 1 / (1 - probability) })
        // Five standard deviations of a share of 20,000.
        let deviation = (probability * (1 - probability) / 20_000).squareRoot()
        #expect(abs(Float(kept.count) / 20_000 - (1 - probability)) < 5 * deviation)
    }

    @Test func aMaskHangsOnStreamAndStepOnly() {
        let stream = RandomStream(seed: 1, name: "d")
        let first = Self.masked(Dropout(probability: 0.5, stream: stream), step: 3)
        #expect(Self.masked(Dropout(probability: 0.5, stream: stream), step: 3) == first)
        #expect(Self.masked(Dropout(probability: 0.5, stream: stream), step: 4) != first)
        #expect(Self.masked(Dropout(probability: 0.5, stream: stream.child(0)), step: 3) != first)
        // A shorter mask of the same step is the beginning of a longer one.
        #expect(Self.masked(Dropout(probability: 0.5, stream: stream), step: 3, count: 17) == Array(first.prefix(17)))
    }

    @Test func nothingIsDroppedAtProbabilityZero() {
        let tape = Tape()
        let input = tape.constant(Matrix([[1, 2]]))
        #expect(
            Dropout(probability: 0, stream: RandomStream(seed: 1, name: "d")).forward(input, step: 0, on: tape) == input
        )
    }
}
