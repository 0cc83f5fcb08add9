/// A finished set of byte strings with a number each, as one array in which a step is one look and a bit comparison.
///
/// A node is known by its base; the child by byte `b` stands at base XOR `b`, so all children of a node lie within 256
/// units, and no look needs a check of bounds. Source: Aoe 1989, "An efficient digital search algorithm by using a
/// double-array structure"; the bases by XOR as in darts-clone.
final class DoubleArray: @unchecked Sendable {
    // Unchecked: nothing changes the units once the array is made.

    /// What stands at a node: bits 0…7 the byte that leads to it, bit 8 whether there is a node, bits 9…35 its base, and
    /// above them one more than its number.
    struct Unit {
        let bits: UInt64

        /// Whether `byte` leads here.
        @inline(__always)
        func follows(_ byte: UInt8) -> Bool { bits & 0x1FF == 0x100 | UInt64(byte) }

        @inline(__always)
        var base: Int { Int(truncatingIfNeeded: (bits >> 9) & 0x7FF_FFFF) }

        /// The number of the string that ends here, or -1.
        @inline(__always)
        var value: Int { Int(truncatingIfNeeded: bits >> 36) &- 1 }
    }

    /// The base at which every walk begins.
    let root: Int
    private let units: UnsafeMutablePointer<UInt64>

    /// The array as inner loops see it, which hold the `DoubleArray` themselves.
    struct View {
        let root: Int
        let units: UnsafePointer<UInt64>

        /// What stands where `byte` would lead from the node with the base `base`.
        @inline(__always)
        func unit(_ base: Int, _ byte: UInt8) -> Unit { Unit(bits: units[base ^ Int(byte)]) }
    }

    /// The strings of `trie`.
    init(_ trie: ByteTrie) {
        var placement = DoubleArrayPlacement(trie)
        root = placement.place()
        units = .allocate(capacity: placement.units.count)
        placement.units.withUnsafeBufferPointer { [units] in
            if let start = $0.baseAddress { units.initialize(from: start, count: $0.count) }
        }
    }

    deinit { units.deallocate() }

    @inline(__always)
    var view: View { View(root: root, units: units) }

    /// The number of the string `bytes`, if it is one.
    @inline(__always)
    func value(of bytes: UTF8Bytes) -> Int32? {
        let view = view
        var base = root
        var value = -1
        for place in bytes.startIndex..<bytes.endIndex {
            let unit = view.unit(base, bytes[place])
            guard unit.follows(bytes[place]) else { return nil }
            base = unit.base
            value = unit.value
        }
        return value < 0 ? nil : Int32(truncatingIfNeeded: value)
    }
}
