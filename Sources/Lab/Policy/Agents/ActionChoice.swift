/// Choosing among scores of a batch.
enum ActionChoice {
    /// The permitted action of the largest score in a row; of equals the first, −1 where nothing is permitted.
    @inline(__always)
    static func best(
        _ scores: UnsafePointer<Float>, _ permitted: UnsafePointer<Bool>, _ count: Int
    ) -> Int {
        var best = -1
        for action in 0..<count where permitted[action] {
            if best < 0 || scores[action] > scores[best] { best = action }
        }
        return best
    }
}
