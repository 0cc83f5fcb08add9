/// What an optimiser remembers of one parameter: running means, element for element.
public struct Moments: Sendable, Equatable {
    /// The mean of gradients.
    public internal(set) var first: [Float]
    /// The mean of squared gradients; empty where the optimiser keeps none.
    public internal(set) var second: [Float]

    init(count: Int, keepsSquares: Bool) {
        first = [Float](repeating: 0, count: count)
        second = keepsSquares ? first : []
    }

    init(first: [Float], second: [Float]) {
        self.first = first
        self.second = second
    }

    var count: Int { first.count }

    /// Gives `body` both; the first twice where there are no squares.
    mutating func withPointers(_ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void) {
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                guard let start = first.baseAddress else { return }
                body(start, second.isEmpty ? start : second.baseAddress ?? start)
            }
        }
    }
}
