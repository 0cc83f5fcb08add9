/// The tree of binary choices that hierarchical softmax walks down: Huffman's, of the labels' counts in training.
///
/// Leaves are 0 ..< labels, in descending order of their counts; each inner node has a larger number than its children.
struct LabelTree: Sendable {
    /// The two children of inner node `leaves + index`.
    let children: [(left: Int32, right: Int32)]
    let leaves: Int

    /// - Parameter counts: of the labels, in their order.
    init(counts: [Int64]) {
        leaves = counts.count
        guard leaves > 1 else {
            children = []
            return
        }
        let unset = Int64(1_000_000_000_000_000)
        var weights = counts + Array(repeating: unset, count: leaves - 1)
        var children: [(left: Int32, right: Int32)] = []
        var (leaf, node) = (leaves - 1, leaves)
        for index in leaves..<(2 * leaves - 1) {
            var pair: [Int] = []
            for _ in 0..<2 {
                if leaf >= 0, node >= weights.count || weights[leaf] < weights[node] {
                    pair.append(leaf)
                    leaf -= 1
                } else {
                    pair.append(node)
                    node += 1
                }
            }
            weights[index] = weights[pair[0]] &+ weights[pair[1]]
            children.append((Int32(pair[0]), Int32(pair[1])))
        }
        self.children = children
    }
}
