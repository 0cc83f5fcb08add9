/// Sets numbers to 0 by chance while training and scales the others up, so that nothing changes in the mean.
///
/// The mask depends on the stream, the step and the place alone: a resumed training draws what the uninterrupted one
/// would have drawn. Without a tape nothing is dropped, so a network evaluated for use leaves the layer out.
///
/// Source: Srivastava et al., JMLR 15, 2014, section 10 (scaled while training).
public struct Dropout: Sendable {
    /// The probability of 0, in 0 ..< 1.
    public let probability: Float
    private let stream: RandomStream

    /// One place in a network; each place needs a stream of its own.
    public init(probability: Float, stream: RandomStream) {
        precondition(0 <= probability && probability < 1, "dropout keeps something: its probability is in 0 ..< 1")
        self.probability = probability
        self.stream = stream
    }

    /// `input` with a mask for `step` of the training, counted from 0; a place is used once a step.
    public func forward(_ input: Variable, step: Int, on tape: Tape) -> Variable {
        if probability == 0 { return input }
        let (rows, columns) = tape.shape(of: input)
        let mask = tape.scratch(Self.maskCapacity(rows * columns))
        fill(mask, rows * columns, step: step)
        return tape.masked(input, by: mask)
    }

    /// The factors of `count` numbers in `step`: 0 or 1 / (1 − probability).
    func fill(_ mask: UnsafeMutablePointer<Float>, _ count: Int, step: Int) {
        let bytes = UnsafeMutableRawPointer(mask)
        stream.fillWords(
            bytes.assumingMemoryBound(to: UInt64.self), blocks: Self.maskCapacity(count) / 4, step: step)
        let (kept, threshold) = (1 / (1 - probability), UInt32(Double(probability) * 0x1p32))
        for place in 0..<count {
            mask[place] = bytes.load(fromByteOffset: 4 * place, as: UInt32.self) < threshold ? 0 : kept
        }
    }

    /// Room for the random words of a mask, which it then replaces: whole groups of eight blocks of four.
    static func maskCapacity(_ count: Int) -> Int { (count + 31) / 32 * 32 }
}

extension RandomStream {
    /// Words for one step of a training, without a change of the stream: 2³² blocks of four belong to each step.
    func fillWords(_ words: UnsafeMutablePointer<UInt64>, blocks: Int, step: Int) {
        generator.fill(words, blocks: blocks, from: UInt64(truncatingIfNeeded: step) &<< 32, nonce: nonce)
    }
}

/// Each number times the factor of its place.
struct Masking: Operation {
    let input: Variable
    let mask: UnsafeMutablePointer<Float>

    func forward(_ output: Output, on tape: Tape) {
        Elementwise.multiply(tape.pointer(input), mask, output.value, output.count)
    }

    func backward(_ output: Output, on tape: Tape) { tape.passOn(output.gradient, times: mask, to: input) }
}

extension Tape {
    /// input · mask, elementwise; the mask lies in the tape's memory.
    func masked(_ input: Variable, by mask: UnsafeMutablePointer<Float>) -> Variable {
        let (rows, columns) = shape(of: input)
        return record(
            Masking(input: input, mask: mask), rows: rows, columns: columns, needsGradient: needsGradient(input))
    }
}
