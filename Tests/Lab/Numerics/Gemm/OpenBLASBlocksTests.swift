import COpenBLAS
import Testing

@testable import LabNumerics

/// Only processors with AVX-512 multiply in blocks.
private let coreReadsInPlace: Bool = {
    guard let name = openblas_get_corename() else { return false }
    return ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(String(cString: name))
}()

@Suite("Products in blocks")
struct OpenBLASBlocksTests {
    private static func blocks(_ transposes: (Bool, Bool), _ m: Int, _ n: Int, _ k: Int) -> OpenBLASBlocks? {
        OpenBLASBlocks(transposeA: transposes.0, transposeB: transposes.1, m: m, n: n, k: k)
    }

    @Test(
        "Every block is within OpenBLAS's bounds for its kernels without packing", .enabled(if: coreReadsInPlace),
        arguments: [(false, true), (false, false), (true, false), (true, true)])
    func bounds(transposes: (Bool, Bool)) {
        var count = 0
        for m in [1, 12, 32, 100, 256, 1024] {
            for n in [1, 12, 16, 48, 256, 1024] {
                for k in [32, 128, 256, 512, 976, 1024, 4096] {
                    guard let found = Self.blocks(transposes, m, n, k) else { continue }
                    count += 1
                    #expect(found.rows > 0 && found.columns > 0 && found.rows <= m && found.columns <= n)
                    #expect(found.rows * found.columns * found.depth <= 1_000_000, "\(m) \(n) \(k)")
                    if transposes == (false, true) { #expect(found.rows * found.columns <= 1_200, "\(m) \(n) \(k)") }
                }
            }
        }
        #expect(count > 20)
    }

    @Test("What is small, large or ragged is multiplied whole", .enabled(if: coreReadsInPlace))
    func whole() {
        #expect(Self.blocks((false, true), 32, 32, 256) == nil)
        #expect(Self.blocks((false, false), 32, 64, 256) == nil)
        #expect(Self.blocks((false, false), 32, 250, 256) == nil)
        #expect(Self.blocks((true, false), 512, 512, 512) == nil)
        #expect(Self.blocks((false, false), 1_024, 1_024, 1_024) == nil)
        #expect(Self.blocks((false, true), 32, 256, 32) == nil)
        #expect(Self.blocks((false, true), 32, 256, 256)?.rows == 32)
        #expect(Self.blocks((true, false), 256, 256, 256)?.columns == 64)
        #expect(Self.blocks((false, false), 128, 384, 1_536)?.depth == 384)
    }

    @Test("A cut inner side adds up to the whole product", arguments: [(128, 384, 1_536), (45, 512, 1_000)])
    func depth(sides: (m: Int, n: Int, k: Int)) {
        func matrix(_ rows: Int, _ columns: Int, _ step: Int) -> Matrix {
            Matrix(
                rows: rows, columns: columns,
                elements: (0..<rows * columns).map { Float($0 * step % 101 - 50) / 50 })
        }
        let (left, right) = (matrix(sides.m, sides.k, 37), matrix(sides.k, sides.n, 41))
        let wanted = ReferenceMultiplier().product(left, right).elements
        var worst: Float = 0
        for (found, wanted) in zip(OpenBLASMultiplier().product(left, right).elements, wanted) {
            worst = max(worst, abs(found - wanted))
        }
        #expect(worst < 2e-3)
    }
}
