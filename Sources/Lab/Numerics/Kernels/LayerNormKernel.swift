/// Layer normalisation over the rows of [rows, columns].
///
/// Source: Ba et al., arXiv 1607.06450, equations 3 and 4, with ε under the root as in PyTorch.
package enum LayerNormKernel {
    package typealias Input = UnsafePointer<Float>
    package typealias Output = UnsafeMutablePointer<Float>

    /// out = gain · (x − mean) / √(variance + epsilon) + bias.
    ///
    /// - Parameters:
    ///   - mean: [rows], receives each row's mean.
    ///   - scale: [rows], receives 1 / √(variance + epsilon).
    package static func forward(
        _ x: Input, gain: Input, bias: Input, epsilon: Float, _ out: Output, mean: Output, scale: Output,
        rows: Int, columns: Int
    ) {
        for row in 0..<rows {
            let line = x + row * columns
            let centre = Kernels.sum(line, columns) / Float(columns)
            let variance = squares(line, around: centre, columns) / Float(columns)
            let factor = 1 / (variance + epsilon).squareRoot()
            (mean[row], scale[row]) = (centre, factor)
            let (centres, factors) = (Lanes(repeating: centre), Lanes(repeating: factor))
            @inline(__always)
            func normalised(_ x: Lanes, _ gain: Lanes, _ bias: Lanes) -> Lanes {
                bias.addingProduct((x - centres) * factors, gain)
            }
            Kernels.map(line, gain, bias, out + row * columns, columns, normalised)
        }
    }

    /// The way back of `forward`: replaces `out` by the gradient of `x`, or adds to it, and adds to `gainSlope` and
    /// `biasSlope` [columns].
    package static func backward(
        _ slope: Input, _ x: Input, gain: Input, mean: Input, scale: Input, _ out: Output, gainSlope: Output,
        biasSlope: Output, rows: Int, columns: Int, adding: Bool = false
    ) {
        for row in 0..<rows {
            let start = row * columns
            let (line, slopes, target) = (x + start, slope + start, out + start)
            let (centre, factor) = (Lanes(repeating: mean[row]), Lanes(repeating: scale[row]))
            // The means of the slopes and of slope · normalised input, both times the gain.
            let plain = Kernels.sum(slopes, gain, columns) { $0 * $1 } / Float(columns)
            @inline(__always)
            func tilted(_ slope: Lanes, _ gain: Lanes, _ x: Lanes) -> Lanes { slope * gain * ((x - centre) * factor) }
            let tiltSum = Kernels.sum(slopes, gain, line, columns, tilted)
            let (shift, tilt) = (Lanes(repeating: plain), Lanes(repeating: -tiltSum / Float(columns)))
            @inline(__always)
            func weighted(_ slope: Lanes, _ x: Lanes, _ sum: Lanes) -> Lanes {
                sum.addingProduct(slope, (x - centre) * factor)
            }
            Kernels.map(slopes, line, gainSlope, gainSlope, columns, weighted)
            Kernels.map(slopes, biasSlope, biasSlope, columns) { $0 + $1 }
            @inline(__always)
            func passed(_ slope: Lanes, _ x: Lanes, _ gain: Lanes) -> Lanes {
                factor * (slope * gain - shift).addingProduct(tilt, (x - centre) * factor)
            }
            @inline(__always)
            func added(_ slope: Lanes, _ x: Lanes, _ gain: Lanes, _ old: Lanes) -> Lanes {
                old + passed(slope, x, gain)
            }
            if adding {
                Kernels.map(slopes, line, gain, target, target, columns, added)
            } else {
                Kernels.map(slopes, line, gain, target, columns, passed)
            }
        }
    }

    private static func squares(_ x: Input, around centre: Float, _ count: Int) -> Float {
        let centre = Lanes(repeating: centre)
        return Kernels.sum(x, count) {
            let distance = $0 - centre
            return distance * distance
        }
    }
}
