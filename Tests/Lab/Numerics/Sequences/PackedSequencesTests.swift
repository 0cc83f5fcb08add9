import LabNumerics
import Testing

@Suite struct PackedSequencesTests {
    static let lengths = [3, 1, 6, 2]

    static func input(_ columns: Int) -> Matrix {
        var stream = RandomStream(seed: 8, name: "sequences")
        var matrix = Matrix(rows: 12, columns: columns)
        stream.fillNormal(&matrix.elements)
        return matrix
    }

    /// Fails where a layer gives a sequence in a batch another result than alone, by more than 1e-6.
    static func expectIndependence(_ layer: (Matrix, PackedSequences) -> Matrix, columns: Int, perToken: Bool = true) {
        let sequences = PackedSequences(lengths: lengths)
        let input = input(columns)
        let together = layer(input, sequences)
        for (sequence, length) in lengths.enumerated() {
            let rows = sequences.rows(of: sequence)
            let alone = layer(input.gathering(rows: Array(rows)), PackedSequences(lengths: [length]))
            let part = together.gathering(rows: perToken ? Array(rows) : [sequence])
            #expect(zip(part.elements, alone.elements).allSatisfy { abs($0 - $1) <= 1e-6 })
            #expect(part.rows == alone.rows)
        }
    }

    @Test func neighboursDoNotMatter() {
        let stream = RandomStream(seed: 9, name: "layers")
        Self.expectIndependence(
            { GRU(inputs: 4, width: 7, isBidirectional: true, stream: stream)($0, sequences: $1) },
            columns: 4)
        Self.expectIndependence(
            { MultiHeadAttention(width: 6, heads: 2, stream: stream)($0, sequences: $1) }, columns: 6)
        let settings = TransformerSettings(width: 6, heads: 3, inner: 10, isCausal: true)
        Self.expectIndependence(
            { TransformerEncoder(settings, depth: 2, stream: stream)($0, sequences: $1) }, columns: 6)
        for kind in Pooling.allCases {
            Self.expectIndependence({ $1.pooling($0, by: kind) }, columns: 5, perToken: false)
        }
    }

    /// Without a tape and on one the same bits come out.
    @Test func inferenceIsTheTapesForwardPass() {
        let stream = RandomStream(seed: 9, name: "layers")
        let settings = TransformerSettings(width: 8, heads: 2, inner: 12, order: .before, dropout: 0)
        let encoder = TransformerEncoder(settings, depth: 3, stream: stream)
        #expect(encoder.parameterNames.first == "layers.0.self_attn.in_proj_weight")
        #expect(encoder.parameterNames.count == encoder.parameters.count && encoder.parameters.count == 36)
        let sequences = PackedSequences(lengths: Self.lengths)
        let (input, tape) = (Self.input(8), Tape())
        let output = encoder.forward(
            tape.constant(input), sequences: sequences, parameters: encoder.fixed(on: tape), on: tape)
        #expect(tape.value(of: output) == encoder(input, sequences: sequences))
    }

    @Test func paddingGoesAndComesBack() throws {
        let mask = [[true, true, true, false], [true, false, false, false], [true, true, true, true]]
        let sequences = try PackedSequences(mask: mask)
        #expect(sequences.lengths == [3, 1, 4] && sequences.offsets == [0, 3, 4, 8] && sequences.longest == 4)
        let padded = Matrix(rows: 12, columns: 1, elements: (0..<12).map { Float($0) })
        let packed = sequences.packing(padded, positions: 4)
        #expect(packed.elements == [0, 1, 2, 4, 8, 9, 10, 11])
        #expect(
            sequences.padding(packed, positions: 4, filler: -1).elements == [0, 1, 2, -1, 4, -1, -1, -1, 8, 9, 10, 11])
    }

    @Test(arguments: [[[false, true]], [[true, false, true]], [[true], [false]]]) func masksWithHolesAreRefused(
        mask: [[Bool]]
    ) {
        #expect(throws: NumericsError.self) { try PackedSequences(mask: mask) }
    }
}
