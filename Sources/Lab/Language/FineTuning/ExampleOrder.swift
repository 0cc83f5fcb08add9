import LabNumerics

/// In which batches examples are seen: drawn anew for each epoch.
struct ExampleOrder: Sendable {
    let lengths: [Int]
    let size: Int
    /// Batches in whose midst examples are sorted by length.
    let window: Int
    let stream: RandomStream

    /// Batches of an epoch.
    var count: Int { (lengths.count + size - 1) / size }

    /// The examples of each batch of an epoch.
    func places(epoch: Int) -> [[Int]] {
        var draws = stream.child(epoch)
        var all = Array(lengths.indices)
        all.shuffle(using: &draws)
        guard window > 1 else { return cut(all[...]) }
        var batches: [[Int]] = []
        for start in stride(from: 0, to: all.count, by: size * window) {
            let part = all[start..<min(start + size * window, all.count)]
            // Equal lengths stay in their order, so that the result does not hang on the sorting algorithm.
            let sorted = part.indices.sorted { (lengths[all[$0]], $0) < (lengths[all[$1]], $1) }.map { all[$0] }
            batches += cut(sorted[...])
        }
        batches.shuffle(using: &draws)
        return batches
    }

    private func cut(_ places: ArraySlice<Int>) -> [[Int]] {
        stride(from: places.startIndex, to: places.endIndex, by: size).map {
            Array(places[$0..<min($0 + size, places.endIndex)])
        }
    }
}
