/// Products of the small matrices of one attention head, whose sides a library's call would cost as much as they do.
enum HeadProduct {
    typealias Input = UnsafePointer<Float>
    typealias Output = UnsafeMutablePointer<Float>

    /// c [m, n] = a · b, where `a` [m, k] may be read along its rows or its columns.
    ///
    /// - Parameters:
    ///   - m: a multiple of 4.
    ///   - n: a multiple of 8; rows of `b` and `c` follow each other without a gap, n numbers apart.
    ///   - rowStride: from a row of `a` to the next one, and `stepStride` from a column to the next one.
    static func multiply(
        _ m: Int, _ n: Int, _ k: Int, _ a: Input, rowStride: Int, stepStride: Int, _ b: Input, _ c: Output
    ) {
        var row = 0
        while row < m {
            let (left, target) = (a + row &* rowStride, c + row &* n)
            var column = 0
            while column &+ 16 <= n {
                wide(n, k, left, rowStride, stepStride, b + column, target + column)
                column &+= 16
            }
            if column < n { narrow(n, k, left, rowStride, stepStride, b + column, target + column) }
            row &+= 4
        }
    }

    /// Four rows and sixteen columns: eight registers of sums.
    @inline(__always)
    private static func wide(
        _ n: Int, _ k: Int, _ a: Input, _ rowStride: Int, _ stepStride: Int, _ b: Input, _ c: Output
    ) {
        var (c00, c01, c10, c11) = (Lanes(), Lanes(), Lanes(), Lanes())
        var (c20, c21, c30, c31) = (Lanes(), Lanes(), Lanes(), Lanes())
        var (left, right) = (a, b)
        for _ in 0..<k {
            let (b0, b1) = (Kernels.load(right), Kernels.load(right + 8))
            let a0 = Lanes(repeating: left[0])
            c00.addProduct(a0, b0)
            c01.addProduct(a0, b1)
            let a1 = Lanes(repeating: left[rowStride])
            c10.addProduct(a1, b0)
            c11.addProduct(a1, b1)
            let a2 = Lanes(repeating: left[2 &* rowStride])
            c20.addProduct(a2, b0)
            c21.addProduct(a2, b1)
            let a3 = Lanes(repeating: left[3 &* rowStride])
            c30.addProduct(a3, b0)
            c31.addProduct(a3, b1)
            left += stepStride
            right += n
        }
        Kernels.store(c00, c)
        Kernels.store(c01, c + 8)
        Kernels.store(c10, c + n)
        Kernels.store(c11, c + (n &+ 8))
        Kernels.store(c20, c + 2 &* n)
        Kernels.store(c21, c + (2 &* n &+ 8))
        Kernels.store(c30, c + 3 &* n)
        Kernels.store(c31, c + (3 &* n &+ 8))
    }

    /// Four rows and eight columns.
    @inline(__always)
    private static func narrow(
        _ n: Int, _ k: Int, _ a: Input, _ rowStride: Int, _ stepStride: Int, _ b: Input, _ c: Output
    ) {
        var (c0, c1, c2, c3) = (Lanes(), Lanes(), Lanes(), Lanes())
        var (left, right) = (a, b)
        for _ in 0..<k {
            let b0 = Kernels.load(right)
            c0.addProduct(Lanes(repeating: left[0]), b0)
            c1.addProduct(Lanes(repeating: left[rowStride]), b0)
            c2.addProduct(Lanes(repeating: left[2 &* rowStride]), b0)
            c3.addProduct(Lanes(repeating: left[3 &* rowStride]), b0)
            left += stepStride
            right += n
        }
        Kernels.store(c0, c)
        Kernels.store(c1, c + n)
        Kernels.store(c2, c + 2 &* n)
        Kernels.store(c3, c + 3 &* n)
    }
}
