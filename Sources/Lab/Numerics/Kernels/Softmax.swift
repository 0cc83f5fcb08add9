import RealModule

/// Softmax and its logarithm over the rows of [rows, columns], and their gradients.
///
/// Input and output may be the same memory.
package enum Softmax {
    package typealias Input = UnsafePointer<Float>
    package typealias Output = UnsafeMutablePointer<Float>

    /// out = eˣ / Σ eˣ. Elements of −∞ get exactly 0; a row of nothing but −∞ gets NaN, as it has no distribution.
    package static func rows(_ x: Input, _ out: Output, _ rows: Int, _ columns: Int) {
        for row in 0..<rows { Self.row(x + row * columns, out + row * columns, columns) }
    }

    /// The same of one row.
    static func row(_ x: Input, _ out: Output, _ count: Int) { row(x, out, count, scale: 1) }

    /// The same of scale · x; `scale` is positive.
    static func row(_ x: Input, _ out: Output, _ count: Int, scale: Float) {
        let (largest, scale) = (Lanes(repeating: Kernels.maximum(x, count)), Lanes(repeating: scale))
        @inline(__always)
        func mass(_ x: Lanes) -> Lanes { FloatMath.decay((x - largest) * scale) }
        Kernels.map(x, out, count, mass)
        let share = 1 / Kernels.sum(out, count)
        Kernels.map(out, out, count) { $0 * share }
    }

    /// out = x − log Σ eˣ.
    package static func logRows(_ x: Input, _ out: Output, _ rows: Int, _ columns: Int) {
        for row in 0..<rows { logRow(x + row * columns, out + row * columns, columns) }
    }

    /// The same of one row.
    static func logRow(_ x: Input, _ out: Output, _ count: Int) {
        let largest = Kernels.maximum(x, count)
        let lanes = Lanes(repeating: largest)
        @inline(__always)
        func mass(_ x: Lanes) -> Lanes { FloatMath.decay(x - lanes) }
        let sum = Kernels.sum(x, count, mass)
        let logarithm = Lanes(repeating: largest + Float.log(sum))
        Kernels.map(x, out, count) { $0 - logarithm }
    }

    /// What the gradient `slope` of softmax's `value` means for its input: value · (slope − Σ value · slope).
    ///
    /// - Parameter adding: whether it is added to `out` or replaces it.
    package static func rowsBackward(
        _ value: Input, _ slope: Input, _ out: Output, _ rows: Int, _ columns: Int, adding: Bool = false
    ) {
        for row in 0..<rows {
            let (y, g, target) = (value + row * columns, slope + row * columns, out + row * columns)
            let inner = Lanes(repeating: Kernels.dot(y, g, columns))
            if adding {
                Kernels.map(y, g, target, target, columns) { $2.addingProduct($0, $1 - inner) }
            } else {
                Kernels.map(y, g, target, columns) { $0 * ($1 - inner) }
            }
        }
    }

    /// What the gradient `slope` of `logRows`' `value` means for its input: slope − e^value · Σ slope.
    package static func logRowsBackward(
        _ value: Input, _ slope: Input, _ out: Output, _ rows: Int, _ columns: Int, adding: Bool = false
    ) {
        for row in 0..<rows {
            let (y, g, target) = (value + row * columns, slope + row * columns, out + row * columns)
            let total = Lanes(repeating: -Kernels.sum(g, columns))
            @inline(__always)
            func passed(_ y: Lanes, _ g: Lanes) -> Lanes { g.addingProduct(FloatMath.decay(y), total) }
            @inline(__always)
            func added(_ y: Lanes, _ g: Lanes, _ old: Lanes) -> Lanes { old + passed(y, g) }
            if adding {
                Kernels.map(y, g, target, target, columns, added)
            } else {
                Kernels.map(y, g, target, columns, passed)
            }
        }
    }
}

extension Matrix {
    /// Each row as probabilities, eˣ / Σ eˣ; elements of −∞ get exactly 0.
    public func softmaxOfRows() -> Matrix {
        var result = self
        result.elements.withUnsafeMutableBufferPointer { elements in
            if let start = elements.baseAddress { Softmax.rows(start, start, rows, columns) }
        }
        return result
    }
}
