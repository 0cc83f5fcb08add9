import Testing

@testable import LabNumerics

@Suite("Kernels of inference")
struct InferenceKernelTests {
    private static func numbers(_ count: Int, _ name: String) -> [Float] {
        var stream = RandomStream(seed: 7, name: name)
        return (0..<count).map { _ in Float(stream.nextInt(below: 2_001)) / 500 - 2 }
    }

    private func pointer(_ values: [Float], _ body: (UnsafePointer<Float>) -> Void) {
        values.withUnsafeBufferPointer { if let start = $0.baseAddress { body(start) } }
    }

    @Test("A normalised sum is that of its parts", arguments: [8, 13, 32, 384])
    func normalisedSum(columns: Int) {
        let rows = 3
        let (x, bias) = (Self.numbers(rows * columns, "x"), Self.numbers(columns, "bias"))
        let (residual, gain) = (Self.numbers(rows * columns, "residual"), Self.numbers(columns, "gain"))
        for (hasBias, hasResidual) in [(true, true), (true, false), (false, true), (false, false)] {
            var out = x
            out.withUnsafeMutableBufferPointer { out in
                guard let out = out.baseAddress else { return }
                pointer(bias) { bias in
                    pointer(residual) { residual in
                        pointer(gain) { gain in
                            LayerNormKernel.normalise(
                                out, bias: hasBias ? bias : nil, residual: hasResidual ? residual : nil, gain: gain,
                                shift: bias, epsilon: 1e-5, rows: rows, columns: columns)
                        }
                    }
                }
            }
            for row in 0..<rows {
                let sums = (0..<columns).map { column in
                    let place = row * columns + column
                    return Double(x[place]) + (hasBias ? Double(bias[column]) : 0)
                        + (hasResidual ? Double(residual[place]) : 0)
                }
                let mean = sums.reduce(0, +) / Double(columns)
                let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
                for column in 0..<columns {
                    let scaled = (sums[column] - mean) / (variance + 1e-5).squareRoot()
                    let wanted = scaled * Double(gain[column]) + Double(bias[column])
                    #expect(abs(Double(out[row * columns + column]) - wanted) < 1e-5)
                }
            }
        }
    }

    @Test("Codes become the numbers that they stand for", arguments: [1, 8, 21, 512])
    func codes(count: Int) {
        let codes = (0..<count).map { UInt8($0 * 7 % 256) }
        var out = [Float](repeating: .nan, count: count)
        codes.withUnsafeBufferPointer { codes in
            out.withUnsafeMutableBufferPointer { out in
                if let codes = codes.baseAddress, let out = out.baseAddress {
                    Elementwise.decode(codes, scale: 0.25, low: -3, out, count)
                }
            }
        }
        #expect(zip(out, codes).allSatisfy { $0 == Float($1) * 0.25 - 3 })
    }

    @Test("Rectified sums keep to their strides")
    func rectified() {
        let (rows, columns) = (2, 9)
        let (x, bias) = (Self.numbers(rows * columns, "x"), Self.numbers(columns, "bias"))
        let residual = Self.numbers(rows * 11, "residual")
        var out = [Float](repeating: -7, count: rows * 12)
        out.withUnsafeMutableBufferPointer { out in
            guard let out = out.baseAddress else { return }
            pointer(x) { x in
                pointer(bias) { bias in
                    pointer(residual) {
                        Elementwise.addRectified(
                            x, bias: bias, residual: $0, residualStride: 11, out, outStride: 12, rows: rows,
                            columns: columns)
                    }
                }
            }
        }
        for row in 0..<rows {
            for column in 0..<12 {
                let wanted =
                    column < columns
                    ? max(0, x[row * columns + column] + bias[column]) + residual[row * 11 + column] : -7
                #expect(out[row * 12 + column] == wanted)
            }
        }
    }

    @Test("Rows get length 1, and one of zeros stays")
    func lengths() {
        var rows = Self.numbers(3 * 10, "rows")
        for column in 0..<10 { rows[10 + column] = 0 }
        rows.withUnsafeMutableBufferPointer {
            if let start = $0.baseAddress { Elementwise.normaliseRows(start, rows: 3, columns: 10, least: 1e-24) }
        }
        func length(_ row: Int) -> Float { rows[row * 10..<row * 10 + 10].reduce(0) { $0 + $1 * $1 } }
        #expect(abs(length(0) - 1) < 1e-6 && length(1) == 0 && abs(length(2) - 1) < 1e-6)
    }
}
