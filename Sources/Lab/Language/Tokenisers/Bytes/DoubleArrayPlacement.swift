/// Finds places for the nodes of a trie in a double array.
struct DoubleArrayPlacement {
    private(set) var units: [UInt64]
    private let values: [Int32]
    /// The edges (byte, child), those of one node side by side and in the order of bytes; `first` has where they begin.
    private var edges: [(byte: UInt8, child: UInt32)]
    private var first: [Int]

    /// Whether a base is taken: two nodes with one base could not be told apart.
    private var isBase: [Bool]
    /// The free units of the newest blocks, as a ring through `next` and `previous`; -1 where it is empty.
    private var free = -1
    private var next: [Int32]
    private var previous: [Int32]

    private static let block = 256
    /// Older blocks are given up, so that the search stays short.
    private static let openBlocks = 16

    init(_ trie: ByteTrie) {
        values = trie.values
        first = [Int](repeating: 0, count: values.count + 1)
        var first = first
        var count = 0
        trie.forEachEdge { parent, _, _ in
            first[Int(parent) + 1] += 1
            count += 1
        }
        for node in values.indices { first[node + 1] += first[node] }
        var place = first
        var edges = [(byte: UInt8, child: UInt32)](repeating: (0, 0), count: count)
        trie.forEachEdge { parent, byte, child in
            // Kept in the order of bytes: a node has few edges, and many only near the root.
            var slot = place[Int(parent)]
            while slot > first[Int(parent)], edges[slot - 1].byte > byte {
                edges[slot] = edges[slot - 1]
                slot -= 1
            }
            edges[slot] = (byte, child)
            place[Int(parent)] += 1
        }
        self.first = first
        self.edges = edges
        // The first block stays empty: the base of nodes without children.
        units = [UInt64](repeating: 0, count: Self.block)
        isBase = [Bool](repeating: false, count: Self.block)
        next = [Int32](repeating: -1, count: Self.block)
        previous = next
    }

    /// Places all nodes.
    ///
    /// - Returns: the root's base.
    mutating func place() -> Int {
        guard !edges.isEmpty else { return 0 }
        let root = base(for: ByteTrie.root)
        var open: [(node: UInt32, base: Int)] = [(ByteTrie.root, root)]
        while let (node, base) = open.popLast() {
            for edge in edges[first[Int(node)]..<first[Int(node) + 1]].reversed() {
                let slot = base ^ Int(edge.byte)
                let isLeaf = first[Int(edge.child)] == first[Int(edge.child) + 1]
                let childBase = isLeaf ? 0 : self.base(for: edge.child)
                units[slot] |= UInt64(childBase) << 9 | UInt64(values[Int(edge.child)] + 1) << 36
                if !isLeaf { open.append((edge.child, childBase)) }
            }
        }
        return root
    }

    /// Finds a base for `node`, which has children, and takes the units of the children.
    private mutating func base(for node: UInt32) -> Int {
        let children = first[Int(node)]..<first[Int(node) + 1]
        let base = freeBase(children) ?? newBlock()
        isBase[base] = true
        for index in children {
            let byte = edges[index].byte
            take(base ^ Int(byte))
            units[base ^ Int(byte)] = 0x100 | UInt64(byte)
        }
        return base
    }

    private func freeBase(_ children: Range<Int>) -> Int? {
        guard free >= 0 else { return nil }
        let byte = Int(edges[children.lowerBound].byte)
        var slot = free
        repeat {
            let base = slot ^ byte
            if !isBase[base], children.dropFirst().allSatisfy({ units[base ^ Int(edges[$0].byte)] == 0 }) {
                return base
            }
            slot = Int(next[slot])
        } while slot != free
        return nil
    }

    private mutating func take(_ slot: Int) {
        let (before, after) = (Int(previous[slot]), Int(next[slot]))
        next[before] = Int32(after)
        previous[after] = Int32(before)
        if free == slot { free = after == slot ? -1 : after }
    }

    /// Adds a block of free units and gives the oldest open one up.
    ///
    /// - Returns: a base in it.
    private mutating func newBlock() -> Int {
        let start = units.count
        let oldest = start - Self.openBlocks * Self.block
        if oldest >= Self.block {
            for slot in oldest..<oldest + Self.block where units[slot] == 0 { take(slot) }
        }
        units += [UInt64](repeating: 0, count: Self.block)
        isBase += [Bool](repeating: false, count: Self.block)
        let end = start + Self.block
        next += (start..<end).map { Int32($0 + 1) }
        previous += (start..<end).map { Int32($0 - 1) }
        // Closed to a ring with the units that are free already.
        let head = free < 0 ? start : free
        let last = free < 0 ? end - 1 : Int(previous[head])
        if free >= 0 {
            next[last] = Int32(start)
            previous[start] = Int32(last)
            next[end - 1] = Int32(head)
            previous[head] = Int32(end - 1)
        } else {
            next[end - 1] = Int32(start)
            previous[start] = Int32(end - 1)
            free = start
        }
        return start
    }
}
