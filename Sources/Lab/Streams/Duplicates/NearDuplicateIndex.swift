/// Finds earlier texts that are nearly equal: MinHash with banding (Broder 1997; Leskovec et al., *Mining of Massive
/// Datasets*, 3.4), then the exact Jaccard similarity of the candidates.
///
/// 128 hash values in 32 bands of 4: a pair of Jaccard similarity J shares a band with probability 1 − (1 − J⁴)³², which is
/// .988 at .6, .9998 at .7 and 1 − 3·10⁻⁸ at .8. Two unrelated tweets (J about .05) meet with probability .0002.
/// Everything is in memory, about 1.3 kB a text of tweet length.
struct NearDuplicateIndex {
    static let bands = 32
    static let rows = 4

    private var buckets: [UInt64: [Int32]] = [:]
    private var shingles: [[UInt32]] = []
    private let multipliers: [UInt64]
    private let offsets: [UInt64]

    init() {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {  // SplitMix64, fixed: two logs must agree on what is near
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        let count = NearDuplicateIndex.bands * NearDuplicateIndex.rows
        multipliers = (0..<count).map { _ in next() | 1 }
        offsets = (0..<count).map { _ in next() }
    }

    struct Match: Equatable {
        /// Position in order of insertion.
        let index: Int
        /// Jaccard similarity of the sets of shingles, in (0, 1].
        let similarity: Double
    }

    /// Earlier texts with at least `threshold` similarity, the most similar first, of equals the earliest.
    func matches(_ probe: [UInt32], bands: [UInt64], threshold: Double) -> [Match] {
        var candidates: Set<Int32> = []
        for band in bands {
            if let bucket = buckets[band] { candidates.formUnion(bucket) }
        }
        return
            candidates
            .map { Match(index: Int($0), similarity: jaccard(probe, shingles[Int($0)])) }
            .filter { $0.similarity >= threshold }
            .sorted { ($1.similarity, $0.index) < ($0.similarity, $1.index) }
    }

    mutating func insert(_ text: [UInt32], bands: [UInt64]) {
        let index = Int32(shingles.count)
        shingles.append(text)
        for band in bands { buckets[band, default: []].append(index) }
    }

    /// One key a band, made of four MinHash values.
    func bands(of shingles: [UInt32]) -> [UInt64] {
        var keys: [UInt64] = []
        keys.reserveCapacity(NearDuplicateIndex.bands)
        for band in 0..<NearDuplicateIndex.bands {
            var key = UInt64(band) &* 0x9E37_79B9_7F4A_7C15
            for row in 0..<NearDuplicateIndex.rows {
                let hash = band * NearDuplicateIndex.rows + row
                let (multiplier, offset) = (multipliers[hash], offsets[hash])
                var least = UInt64.max
                for shingle in shingles { least = min(least, (UInt64(shingle) &* multiplier &+ offset) >> 32) }
                key = (key ^ least) &* 0xFF51_AFD7_ED55_8CCD
                key ^= key >> 33
            }
            keys.append(key)
        }
        return keys
    }
}

/// |A ∩ B| / |A ∪ B| of two ascending lists without repeats.
func jaccard(_ left: [UInt32], _ right: [UInt32]) -> Double {
    var (i, j, shared) = (0, 0, 0)
    while i < left.count, j < right.count {
        if left[i] == right[j] {
            shared += 1
            i += 1
            j += 1
        } else if left[i] < right[j] {
            i += 1
        } else {
            j += 1
        }
    }
    let union = left.count + right.count - shared
    return union == 0 ? 1 : Double(shared) / Double(union)
}
