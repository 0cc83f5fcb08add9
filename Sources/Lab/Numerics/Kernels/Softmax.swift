import RealModule

/// Softmax of one row of memory.
enum Softmax {
    /// out = eˣ / Σ eˣ. Elements of −∞ get exactly 0; a row of nothing but −∞ gets NaN, as it has no distribution.
    static func row(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, _ count: Int) {
        let largest = maximum(x, count)
        for index in 0..<count { out[index] = FloatMath.exp(x[index] - largest) }
        let scale = 1 / Kernels.sum(out, count)
        for index in 0..<count { out[index] *= scale }
    }

    /// out = x − log Σ eˣ.
    static func logRow(_ x: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>, _ count: Int) {
        let largest = maximum(x, count)
        for index in 0..<count { out[index] = FloatMath.exp(x[index] - largest) }
        let logarithm = largest + Float.log(Kernels.sum(out, count))
        for index in 0..<count { out[index] = x[index] - logarithm }
    }

    private static func maximum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
        var largest = -Float.infinity
        for index in 0..<count where x[index] > largest { largest = x[index] }
        return largest
    }
}

extension Matrix {
    /// Each row as probabilities, eˣ / Σ eˣ; elements of −∞ get exactly 0.
    public func softmaxOfRows() -> Matrix {
        var result = self
        let (rows, columns) = (rows, columns)
        elements.withUnsafeBufferPointer { x in
            result.elements.withUnsafeMutableBufferPointer { out in
                guard let source = x.baseAddress, let target = out.baseAddress else { return }
                for row in 0..<rows { Softmax.row(source + row * columns, target + row * columns, columns) }
            }
        }
        return result
    }
}
