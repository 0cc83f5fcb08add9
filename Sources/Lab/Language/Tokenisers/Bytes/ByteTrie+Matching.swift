extension ByteTrie {
    /// The longest string that stands at the beginning of `bytes`, with what lies beyond it.
    struct Match {
        let length: Int
        let value: Int32
    }

    /// The longest of the strings that begin at `node` and stand at the beginning of `bytes`, at least one byte long.
    @inline(__always)
    func longest(in bytes: Slice<UnsafeBufferPointer<UInt8>>, from node: UInt32 = ByteTrie.root) -> Match? {
        var node = node
        var end = -1
        var last: UInt32 = 0
        var place = bytes.startIndex
        while place < bytes.endIndex, let step = step(from: node, bytes[place]) {
            node = step.node
            place &+= 1
            if step.isEnd {
                end = place
                last = node
            }
        }
        return end < 0 ? nil : Match(length: end &- bytes.startIndex, value: values[Int(last)])
    }

    /// The number of the string `bytes`, if it is one.
    @inline(__always)
    func value(of bytes: UTF8Bytes) -> Int32? {
        var node = ByteTrie.root
        for place in bytes.startIndex..<bytes.endIndex {
            guard let step = step(from: node, bytes[place]) else { return nil }
            node = step.node
        }
        let value = values[Int(node)]
        return value < 0 ? nil : value
    }

    /// The number of the string `bytes`, if it is one.
    func value(of bytes: some Sequence<UInt8>) -> Int32? {
        guard let node = node(of: bytes) else { return nil }
        let value = values[Int(node)]
        return value < 0 ? nil : value
    }

    /// Where the walk along `bytes` ends, if a string begins so.
    func node(of bytes: some Sequence<UInt8>) -> UInt32? {
        var node = ByteTrie.root
        for byte in bytes {
            guard let step = step(from: node, byte) else { return nil }
            node = step.node
        }
        return node
    }
}
