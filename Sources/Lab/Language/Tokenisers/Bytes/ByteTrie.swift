/// A set of byte strings with a number each, walked byte by byte.
///
/// The edges stand in one table with open addressing, keyed by node and byte, so building is linear in the bytes and a
/// step is one look at memory in nearly all cases.
struct ByteTrie: Sendable {
    /// The node at which every walk begins.
    static let root: UInt32 = 0

    /// Where a walk has come to.
    struct Step {
        let node: UInt32
        /// Whether the bytes so far are one of the strings.
        let isEnd: Bool
    }

    /// An edge: key (node, byte) in the upper half, child and the mark of an end in the lower; 0 where there is none.
    private var edges: [UInt64]
    private var count = 0
    private var shift: UInt32
    /// The number of the string that ends at a node, or -1.
    private(set) var values: [Int32] = [-1]
    /// The number of different strings.
    private(set) var stringCount = 0

    /// Nodes are numbered with 24 bits.
    static let mostNodes = 1 << 24

    init() {
        edges = [UInt64](repeating: 0, count: 1 << 10)
        shift = 22
    }

    /// Whether `node`'s key fits its 24 bits; a trie that is full refuses further strings.
    var isFull: Bool { values.count + 1 >= ByteTrie.mostNodes }

    /// Adds `bytes`, which are not empty, with the number `value` ≥ 0; a number given before is replaced.
    ///
    /// - Returns: whether there was room.
    @discardableResult
    mutating func insert(_ bytes: some Sequence<UInt8>, value: Int32) -> Bool {
        var node = ByteTrie.root
        for byte in bytes {
            if let step = step(from: node, byte) {
                node = step.node
            } else {
                guard !isFull else { return false }
                let child = UInt32(values.count)
                values.append(-1)
                if 2 * (count + 1) > edges.count { grow() }
                add(key: ByteTrie.key(node, byte), child: child)
                count += 1
                node = child
            }
        }
        if values[Int(node)] < 0 { stringCount += 1 }
        values[Int(node)] = value
        return true
    }

    /// Marks the ends in the edges; walks see the strings added since the last call only after it.
    mutating func seal() {
        for index in edges.indices where edges[index] != 0 {
            let child = UInt32(truncatingIfNeeded: edges[index]) >> 1
            let end: UInt64 = values[Int(child)] >= 0 ? 1 : 0
            edges[index] = edges[index] & ~1 | end
        }
    }

    /// Calls `body` with every edge, in no order.
    func forEachEdge(_ body: (_ parent: UInt32, _ byte: UInt8, _ child: UInt32) -> Void) {
        for edge in edges where edge != 0 {
            let key = UInt32(truncatingIfNeeded: edge >> 32)
            body(key >> 8, UInt8(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: edge) >> 1)
        }
    }

    private static func key(_ node: UInt32, _ byte: UInt8) -> UInt32 { node << 8 | UInt32(byte) }

    private func slot(of key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> shift) }

    private mutating func add(key: UInt32, child: UInt32) {
        var slot = slot(of: key)
        while edges[slot] != 0 { slot = (slot + 1) & (edges.count - 1) }
        edges[slot] = UInt64(key) << 32 | UInt64(child) << 1
    }

    private mutating func grow() {
        let old = edges
        edges = [UInt64](repeating: 0, count: old.count * 2)
        shift -= 1
        for edge in old where edge != 0 {
            add(key: UInt32(truncatingIfNeeded: edge >> 32), child: UInt32(truncatingIfNeeded: edge) >> 1)
        }
    }

    /// The step from `node` by `byte`, if a string goes on so.
    @inline(__always)
    func step(from node: UInt32, _ byte: UInt8) -> Step? {
        edges.withUnsafeBufferPointer { edges in
            let key = ByteTrie.key(node, byte)
            let mask = edges.count &- 1
            var slot = slot(of: key)
            while true {
                let edge = edges[slot]
                if edge == 0 { return nil }
                if UInt32(truncatingIfNeeded: edge >> 32) == key {
                    return Step(node: UInt32(truncatingIfNeeded: edge) >> 1, isEnd: edge & 1 != 0)
                }
                slot = (slot &+ 1) & mask
            }
        }
    }
}
