/// Eight characters, hashes or buckets.
private typealias Words = SIMD8<UInt32>

extension NGramScanner {
    @inline(__always) private static var prime: UInt32 { 0x85EB_CA6B }
    @inline(__always) private static var finish: UInt32 { 0xC2B2_AE35 }

    /// Writes the buckets of all runs of tokens to `target` and gives their number.
    func hashWords(_ count: Int, to target: UnsafeMutablePointer<UInt32>) -> Int {
        guard recipe.longestWords > 0 else { return 0 }
        return hashRuns(tokens, count, lengths: 1...recipe.longestWords, seed: 0x27D4_EB2F, to: target)
    }

    /// Writes the buckets of all runs of characters to `target` and gives their number.
    func hashCharacters(_ count: Int, to target: UnsafeMutablePointer<UInt32>) -> Int {
        guard recipe.longestCharacters >= recipe.shortestCharacters else { return 0 }
        let lengths = recipe.shortestCharacters...recipe.longestCharacters
        guard recipe.withinWords else {
            return hashRuns(characters, count, lengths: lengths, seed: 0x1656_67B1, to: target)
        }
        var written = 0
        var start = 0
        for place in 1..<max(count, 1) where characters[place] == 0x20 {
            written += hashRuns(
                characters + start, place - start + 1, lengths: lengths, seed: 0x1656_67B1, to: target + written)
            start = place
        }
        return written
    }

    /// The hash of a run is that of the run without its last unit, times a prime, plus that unit: eight runs side by
    /// side, whose last vector reaches into the padding.
    @inline(__always)
    private func hashRuns(
        _ units: UnsafeMutablePointer<UInt32>, _ count: Int, lengths: ClosedRange<Int>, seed: UInt32,
        to target: UnsafeMutablePointer<UInt32>
    ) -> Int {
        let shift = Words(repeating: UInt32(32 - recipe.bits))
        let source = UnsafeRawPointer(units)
        var written = 0
        for length in lengths where length <= count {
            let runs = count - length + 1
            let sink = UnsafeMutableRawPointer(target + written)
            var start = 0
            while start < runs {
                var hash = Words(repeating: seed)
                for offset in 0..<length {
                    let next = source.loadUnaligned(fromByteOffset: 4 * (start + offset), as: Words.self)
                    hash = (hash ^ next) &* Self.prime
                    hash ^= hash &>> 15
                }
                hash = (hash &* Self.finish) &>> shift
                sink.storeBytes(of: hash, toByteOffset: 4 * start, as: Words.self)
                start += 8
            }
            written += runs
        }
        return written
    }
}
