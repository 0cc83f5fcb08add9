extension Elementwise {
    /// out = max(0, x + bias) + residual, row by row: the end of a convolution that adds to what it reads.
    ///
    /// - Parameters:
    ///   - x: [rows, columns], row-major.
    ///   - bias: [columns].
    ///   - residual: [rows, columns], whose rows begin `residualStride` numbers apart.
    ///   - out: likewise; it may be `x`.
    package static func addRectified(
        _ x: Input, bias: Input, residual: Input, residualStride: Int, _ out: Output, outStride: Int, rows: Int,
        columns: Int
    ) {
        @inline(__always)
        func rectified(_ x: Lanes, _ bias: Lanes, _ residual: Lanes) -> Lanes { FloatMath.relu(x + bias) + residual }
        for row in 0..<rows {
            Kernels.map(
                x + row * columns, bias, residual + row * residualStride, out + row * outStride, columns, rectified)
        }
    }

    /// out = scale · code + low, the numbers that 8-bit codes stand for.
    @inline(never)
    package static func decode(
        _ codes: UnsafePointer<UInt8>, scale: Float, low: Float, _ out: Output, _ count: Int
    ) {
        let (scales, lows) = (Lanes(repeating: scale), Lanes(repeating: low))
        var place = 0
        while place &+ 8 <= count {
            let bytes = UnsafeRawPointer(codes + place).loadUnaligned(as: SIMD8<UInt8>.self)
            Kernels.store(lows.addingProduct(Lanes(bytes), scales), out + place)
            place &+= 8
        }
        while place < count {
            out[place] = low.addingProduct(Float(codes[place]), scale)
            place &+= 1
        }
    }

    /// The rows of x [rows, columns] added up, in their order.
    package static func sumRows(_ x: Input, _ out: Output, rows: Int, columns: Int) {
        out.update(repeating: 0, count: columns)
        for row in 0..<rows { add(out, x + row * columns, out, columns) }
    }

    /// Each of `rows` rows divided by its length √(Σ x²), or by √`least` where Σ x² is less.
    package static func normaliseRows(_ x: Output, rows: Int, columns: Int, least: Float) {
        for row in 0..<rows {
            let line = x + row * columns
            let factor = 1 / Float.maximum(Kernels.dot(line, line, columns), least).squareRoot()
            Kernels.map(line, line, columns) { $0 * factor }
        }
    }
}
