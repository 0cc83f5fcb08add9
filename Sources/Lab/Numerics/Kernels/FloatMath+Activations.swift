// The activations of networks that weigh a number by a distribution function.
extension FloatMath {
    /// The larger of x and 0; what is not a number stays so.
    @inline(__always)
    static func relu(_ x: Lanes) -> Lanes { x.atLeast(0) }

    /// 1 above 0 and 0 elsewhere: the slope of `relu` at x, which is the same for its value.
    @inline(__always)
    static func reluSlope(_ x: Lanes) -> Lanes { Lanes.zero.replacing(with: Lanes(repeating: 1), where: x .> 0) }

    /// The slope of `tanh` where its value is y.
    @inline(__always)
    static func tanhSlope(_ y: Lanes) -> Lanes { 1 - y * y }

    /// The slope of `sigmoid` where its value is y.
    @inline(__always)
    static func sigmoidSlope(_ y: Lanes) -> Lanes { y * (1 - y) }

    /// x Φ(x), within 2⁻²² of max(1, |x|); beyond ±5.5 it is max(0, x).
    ///
    /// Source: Hendrycks and Gimpel, arXiv 1606.08415, section 2. Φ − ½ is an odd function, here x P(x²) / Q(x²), fitted
    /// by minimax on ±5.5 with error 8e-9: no exponential, and a third of the cost of going through `erf`.
    @inline(__always)
    static func gelu(_ x: Lanes) -> Lanes {
        let distance = x.size.atMost(5.5)
        let square = distance * distance
        var above = Lanes(repeating: 2.292_128_463_4e-8)
        above = Lanes(repeating: 6.303_257_547_7e-6).addingProduct(above, square)
        above = Lanes(repeating: 1.647_437_304_2e-4).addingProduct(above, square)
        above = Lanes(repeating: 4.652_504_239_9e-3).addingProduct(above, square)
        above = Lanes(repeating: 3.347_501_592_1e-2).addingProduct(above, square)
        above = Lanes(repeating: 3.989_422_720_3e-1).addingProduct(above, square)
        var below = Lanes(repeating: 1.198_865_755_2e-6)
        below = Lanes(repeating: 7.222_442_486_7e-5).addingProduct(below, square)
        below = Lanes(repeating: 1.861_596_958_4e-3).addingProduct(below, square)
        below = Lanes(repeating: 2.842_545_286_5e-2).addingProduct(below, square)
        below = Lanes(repeating: 2.505_758_026_3e-1).addingProduct(below, square)
        below = Lanes(repeating: 1).addingProduct(below, square)
        let tail = Lanes(repeating: 0.5) - distance * above / below
        return x.atLeast(0).addingProduct(-distance, tail)
    }

    /// Φ(x) + x φ(x), the slope of `gelu`, within 2⁻²²: ½ and an odd function fitted in the same way on ±6, error 1e-8.
    @inline(__always)
    static func geluSlope(_ x: Lanes) -> Lanes {
        let bounded = x.atLeast(-6).atMost(6)
        let square = bounded * bounded
        var above = Lanes(repeating: -2.853_032_795_2e-11)
        above = Lanes(repeating: 1.276_692_945_1e-8).addingProduct(above, square)
        above = Lanes(repeating: 1.096_309_666_7e-6).addingProduct(above, square)
        above = Lanes(repeating: 3.207_422_691_6e-5).addingProduct(above, square)
        above = Lanes(repeating: 2.761_322_795_1e-4).addingProduct(above, square)
        above = Lanes(repeating: 1.359_030_220_8e-2).addingProduct(above, square)
        above = Lanes(repeating: -1.852_228_716_2e-2).addingProduct(above, square)
        above = Lanes(repeating: 7.978_845_515_1e-1).addingProduct(above, square)
        var below = Lanes(repeating: 3.556_069_443_3e-7)
        below = Lanes(repeating: 1.071_628_649_7e-5).addingProduct(below, square)
        below = Lanes(repeating: 2.563_455_463_9e-4).addingProduct(below, square)
        below = Lanes(repeating: 4.126_114_196_3e-3).addingProduct(below, square)
        below = Lanes(repeating: 4.540_679_063_3e-2).addingProduct(below, square)
        below = Lanes(repeating: 3.101_188_447_1e-1).addingProduct(below, square)
        below = Lanes(repeating: 1).addingProduct(below, square)
        return Lanes(repeating: 0.5) + bounded * above / below
    }

    /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), the form of `gelu` that GPT-2 and its heirs use, as x σ(2 …); within
    /// 2⁻²² of max(1, |x|).
    @inline(__always)
    static func geluTanh(_ x: Lanes) -> Lanes {
        let square = x * x
        return x / (Lanes(repeating: 1) + exp(-x * Lanes(repeating: 1.595_769_12).addingProduct(square, 0.071_354_816)))
    }

    /// The slope of `geluTanh`, within 2⁻²¹.
    @inline(__always)
    static func geluTanhSlope(_ x: Lanes) -> Lanes {
        // Beyond ±10 the slope is 0 or 1, and the exponential would overflow.
        let bounded = x.atLeast(-10).atMost(10)
        let square = bounded * bounded
        let odds = exp(-bounded * Lanes(repeating: 1.595_769_12).addingProduct(square, 0.071_354_816))
        let gate = Lanes(repeating: 1) / (Lanes(repeating: 1) + odds)
        let inner = bounded * Lanes(repeating: 1.595_769_12).addingProduct(square, 0.214_064_448)
        // σ (1 − σ) is odds · σ², which keeps its digits.
        return gate.addingProduct(odds * gate * gate, inner)
    }

    /// x σ(x), also called swish, within 4 ulp. Source: Elfwing et al., arXiv 1702.03118, equation 3.
    @inline(__always)
    static func silu(_ x: Lanes) -> Lanes { x / (Lanes(repeating: 1) + exp(-x)) }

    /// σ(x) (1 + x (1 − σ(x))), the slope of `silu`, within 2⁻²¹.
    @inline(__always)
    static func siluSlope(_ x: Lanes) -> Lanes {
        let bounded = x.atLeast(-80)
        let odds = exp(-bounded)
        let gate = Lanes(repeating: 1) / (Lanes(repeating: 1) + odds)
        return gate.addingProduct(odds * gate * gate, bounded)
    }
}
