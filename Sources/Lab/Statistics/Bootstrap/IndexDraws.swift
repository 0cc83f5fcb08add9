import LabNumerics

/// Uniform places below a bound, drawn from a stream in blocks.
struct IndexDraws {
    private var stream: RandomStream
    private let bound: Int

    init(_ stream: RandomStream, below bound: Int) {
        self.stream = stream
        self.bound = bound
    }

    @inline(__always)
    mutating func next() -> Int { stream.nextInt(below: bound) }
}
