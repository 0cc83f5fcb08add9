extension RandomStream {
    /// Replaces every element by a random word, as `nextUInt64` would one after another.
    public mutating func fillWords(_ buffer: inout [UInt64]) {
        var place = 0
        // What is left of the words that were computed before comes first.
        while place < buffer.count, position != 32 {
            buffer[place] = nextUInt64()
            place += 1
        }
        let blocks = (buffer.count - place) / 16 * 8
        buffer.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress {
                generator.fill(start + place, blocks: blocks, from: counter, nonce: nonce)
            }
        }
        counter &+= UInt64(blocks)
        place += 2 * blocks
        while place < buffer.count {
            buffer[place] = nextUInt64()
            place += 1
        }
    }
}

extension Philox {
    /// Writes the words of `blocks` (a multiple of 8) counters from `first` on in pairs, the first one as the lower half.
    ///
    /// The 32-bit state stays in lanes of 64 bits, whose upper halves are ignored: that saves the shuffles between products
    /// and words.
    func fill(_ words: UnsafeMutablePointer<UInt64>, blocks: Int, from first: UInt64, nonce: SIMD2<UInt32>) {
        let (k0, k1, n0, n1) = (UInt64(key[0]), UInt64(key[1]), UInt64(nonce[0]), UInt64(nonce[1]))
        for block in 0..<blocks {
            var c0 = first &+ UInt64(truncatingIfNeeded: block)
            var (c1, c2, c3) = (c0 &>> 32, n0, n1)
            for round in 0..<10 as Range<UInt64> {
                let left = (c0 & 0xFFFF_FFFF) &* 0xD251_1F53
                let right = (c2 & 0xFFFF_FFFF) &* 0xCD9E_8D57
                c0 = (right &>> 32) ^ c1 ^ (k0 &+ round &* 0x9E37_79B9)
                c2 = (left &>> 32) ^ c3 ^ (k1 &+ round &* 0xBB67_AE85)
                c1 = right
                c3 = left
            }
            words[2 &* block] = (c0 & 0xFFFF_FFFF) | (c1 &<< 32)
            words[2 &* block &+ 1] = (c2 & 0xFFFF_FFFF) | (c3 &<< 32)
        }
    }
}
