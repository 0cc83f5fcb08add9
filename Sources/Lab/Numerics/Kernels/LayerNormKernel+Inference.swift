extension LayerNormKernel {
    /// x = gain · (s − mean) / √(variance + epsilon) + shift in place, where s = x + bias + residual: the end of each half of a
    /// transformer's block, read and written once.
    ///
    /// - Parameters:
    ///   - bias: [columns], of the layer before; `nil` for none.
    ///   - residual: [rows, columns]; `nil` for none.
    package static func normalise(
        _ x: Output, bias: Input?, residual: Input?, gain: Input, shift: Input, epsilon: Float, rows: Int, columns: Int
    ) {
        for row in 0..<rows {
            let line = x + row * columns
            switch (bias, residual.map { $0 + row * columns }) {
            case (let bias?, let residual?): Kernels.map(line, bias, residual, line, columns) { $0 + $1 + $2 }
            case (let bias?, nil): Kernels.map(line, bias, line, columns) { $0 + $1 }
            case (nil, let residual?): Kernels.map(line, residual, line, columns) { $0 + $1 }
            case (nil, nil): break
            }
            normaliseRow(line, gain: gain, shift: shift, epsilon: epsilon, columns)
        }
    }

    @inline(never)
    private static func normaliseRow(_ line: Output, gain: Input, shift: Input, epsilon: Float, _ columns: Int) {
        let centre = Lanes(repeating: Kernels.sum(line, columns) / Float(columns))
        let squares = Kernels.sum(line, columns) {
            let distance = $0 - centre
            return distance * distance
        }
        let factor = Lanes(repeating: 1 / (squares / Float(columns) + epsilon).squareRoot())
        @inline(__always)
        func normalised(_ x: Lanes, _ gain: Lanes, _ shift: Lanes) -> Lanes {
            shift.addingProduct((x - centre) * factor, gain)
        }
        Kernels.map(line, gain, shift, line, columns, normalised)
    }
}
