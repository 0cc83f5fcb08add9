/// Where the sequences of a mixed batch lie: their tokens are the rows of one matrix, one sequence behind the other.
///
/// Sequences of unequal length need no padding: nothing is computed for tokens that do not exist, and a sequence's result
/// does not depend on its neighbours.
public struct PackedSequences: Sendable, Equatable {
    /// The number of tokens of each sequence, at least 1.
    public let lengths: [Int]
    /// Where each sequence begins, and, last, the number of all tokens.
    public let offsets: [Int]
    /// `offsets` as operations keep them.
    let starts: [Int32]
    /// What walks through all sequences step by step, from their beginning and from their end.
    let forwardSteps: SequenceSteps
    let backwardSteps: SequenceSteps

    /// Sequences of the given lengths, each at least 1, in the order of their tokens.
    public init(lengths: [Int]) {
        precondition(lengths.allSatisfy { $0 > 0 }, "a sequence has one token or more")
        self.lengths = lengths
        offsets = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        starts = offsets.map { Int32($0) }
        forwardSteps = SequenceSteps(lengths: lengths, offsets: offsets, fromEnd: false)
        backwardSteps = SequenceSteps(lengths: lengths, offsets: offsets, fromEnd: true)
    }

    /// The number of sequences.
    public var count: Int { lengths.count }
    /// The number of tokens of all sequences together: the rows of the matrix.
    public var tokens: Int { offsets[lengths.count] }
    /// The tokens of the longest sequence; 0 of none.
    public var longest: Int { lengths.max() ?? 0 }

    /// The rows of one sequence.
    public func rows(of sequence: Int) -> Range<Int> { offsets[sequence]..<offsets[sequence + 1] }
}

/// The rows of packed sequences ordered by step: first the first token of every sequence, then the second ones.
///
/// Within a step longer sequences come first, so that those that go on are always the first ones.
struct SequenceSteps: Sendable, Equatable {
    /// The row of each place in this order.
    let rows: [Int32]
    /// How many sequences take part in each step; never growing.
    let widths: [Int32]

    init(lengths: [Int], offsets: [Int], fromEnd: Bool) {
        // Equal lengths stay in their order, so that the result does not hang on the sorting algorithm.
        let order = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        var rows: [Int32] = []
        var widths: [Int32] = []
        rows.reserveCapacity(offsets[lengths.count])
        for step in 0..<(lengths.max() ?? 0) {
            let active = order.prefix { lengths[$0] > step }
            for sequence in active {
                rows.append(Int32(offsets[sequence] + (fromEnd ? lengths[sequence] - 1 - step : step)))
            }
            widths.append(Int32(active.count))
        }
        self.rows = rows
        self.widths = widths
    }
}
