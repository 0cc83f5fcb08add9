/// Weights whose sum over any prefix is found in logarithmic time: what prioritised replay draws from.
///
/// Sums are kept in Double and computed from their two parts at every change, so they do not drift.
struct SumTree: Sendable, Equatable {
    let capacity: Int
    /// The number of leaves, a power of two; leaf i is node `leafCount` + i, the root node 1.
    private let leafCount: Int
    private var nodes: [Double]

    init(capacity: Int) {
        self.capacity = capacity
        var leaves = 1
        while leaves < capacity { leaves *= 2 }
        leafCount = leaves
        nodes = Array(repeating: 0, count: 2 * leaves)
    }

    /// A tree with all its weights.
    init(_ weights: [Double]) {
        self.init(capacity: weights.count)
        for (place, weight) in weights.enumerated() { nodes[leafCount + place] = weight }
        for node in stride(from: leafCount - 1, through: 1, by: -1) {
            nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
        }
    }

    var total: Double { nodes[1] }
    var weights: [Double] { Array(nodes[leafCount..<leafCount + capacity]) }

    subscript(place: Int) -> Double {
        get { nodes[leafCount + place] }
        set {
            var node = leafCount + place
            nodes[node] = newValue
            while node > 1 {
                node /= 2
                nodes[node] = nodes[2 * node] + nodes[2 * node + 1]
            }
        }
    }

    /// The place at which the running sum passes `sum`, which lies in [0, total).
    func place(at sum: Double) -> Int {
        var (node, rest) = (1, sum)
        while node < leafCount {
            node *= 2
            // A rest that rounding left too large goes to a side that has weight.
            if rest >= nodes[node], nodes[node + 1] > 0 {
                rest -= nodes[node]
                node += 1
            }
        }
        return min(node - leafCount, capacity - 1)
    }
}
