import COpenBLAS

/// How a product is cut into blocks that OpenBLAS multiplies without packing.
///
/// On processors with AVX-512 OpenBLAS has kernels that read small matrices where they lie. What is larger is packed
/// first, which costs more than it gains as long as everything is in the second cache anyway: measured with OpenBLAS 0.3.21
/// (Cooperlake) on an EPYC of 2022 whose peak is 117 GFLOP/s, layers of 256 × 256 ran at 80 to 94 GFLOP/s for 32 rows
/// and at 99 to 103 for 256 rows; in blocks at 99 to 112 and at 106 to 117.
///
/// The bounds are those of OpenBLAS itself (`sgemm_small_kernel_permit`); a library that judges otherwise gives the same
/// numbers, only slower.
///
/// Where rows of the left side are long too, the inner side is cut as well, so that a block of the right one, 64 columns of
/// 384 rows, stays in the second cache: 128 × 384 × 1536 ran at 75 GFLOP/s with whole columns, at 96 without blocks and
/// at 113 so.
struct OpenBLASBlocks {
    let rows: Int
    let columns: Int
    /// The inner side of a block; the first one of a column replaces the result, the others add to it.
    let depth: Int

    /// `nil` where one call for the whole is as good.
    init?(transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int) {
        // What does not fill registers is slower in blocks.
        guard Self.coreReadsInPlace, k >= 32, n < 16 || n & 15 == 0 else { return nil }
        if !transposeA, !transposeB, m * n * k > Self.smallestWide, n & 63 == 0 {
            (rows, columns, depth) = (min(m, 32), 64, Self.depth(k))
            guard m * n * k <= Self.largestWide, BLASThreads.count == 1 else { return nil }
            return
        }
        guard m * n * k <= Self.largest else { return nil }
        depth = k
        if !transposeA && transposeB {
            // Rows of both sides are multiplied with each other: only small results, and long rows.
            guard k >= 128, k & 15 == 0, m * n > Self.innerLimit else { return nil }
            columns = min(n, k <= Self.volume / 1024 ? 32 : 16)
            rows = min(m, (1024 / columns) & ~15)
        } else {
            guard m * n * k > Self.volume else { return nil }
            columns = min(n, k <= Self.volume / 2048 ? 64 : 32)
            rows = min(m, 32)
        }
        guard rows * columns * k <= Self.volume, BLASThreads.count == 1 else { return nil }
    }

    /// An inner side in equal parts of at most 384, or whole where a block of it is within bounds.
    static func depth(_ k: Int) -> Int {
        guard k > volume / 2048 else { return k }
        let parts = (k + 383) / 384
        return min(384, ((k + parts - 1) / parts + 15) & ~15)
    }

    private static let volume = 1_000_000
    private static let innerLimit = 1_200
    /// Beyond this, what is read again and again leaves the second cache.
    private static let largest = 100_000_000
    /// Products of weights as they lie in this range are cut on all three sides.
    private static let smallestWide = 20_000_000
    private static let largestWide = 1_000_000_000

    static let coreReadsInPlace: Bool = {
        guard let name = openblas_get_corename() else { return false }
        return ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(String(cString: name))
    }()
}
