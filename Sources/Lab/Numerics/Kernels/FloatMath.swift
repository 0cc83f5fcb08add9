/// Elementary functions of 32-bit numbers without branches, eight at once.
///
/// Errors are stated in units of the last place (ulp) of the exact value, where that is a normal number; the tests
/// check them.
enum FloatMath {
    /// eˣ within 1 ulp; 0 below −86.99 (2^−125.5), infinity above the largest finite result.
    @inline(__always)
    static func exp(_ x: Lanes) -> Lanes {
        // The power of two is halved and the rest doubled, because 2¹²⁸ alone is not a number although eˣ may be.
        let (rest, half) = powers(x.atLeast(-87.3).atMost(89), exponentBias: 126)
        return (rest + rest) * half
    }

    /// eˣ of numbers not above 0, within 1 ulp; 0 below −87.68 (2^−126.5).
    @inline(__always)
    static func decay(_ x: Lanes) -> Lanes {
        let (rest, power) = powers(x.atLeast(-88), exponentBias: 127)
        return rest * power
    }

    /// eˣ as a factor between 1/√2 and √2 and the power of two 2ⁿ, the bits of whose exponent are n + exponentBias.
    ///
    /// Source: range reduction by Cody and Waite, with the two parts of ln 2 of Cephes `expf`; the polynomial is a
    /// minimax fit on ±½ ln 2, relative error 3e-9.
    @inline(__always)
    private static func powers(_ x: Lanes, exponentBias: Float) -> (rest: Lanes, power: Lanes) {
        // Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits.
        let magic = Lanes(repeating: 12_582_912 + exponentBias)
        let shifted = magic.addingProduct(x, 1.442_695_04)
        let rounded = shifted - magic
        var rest = x.addingProduct(rounded, -0.693_359_375)
        rest = rest.addingProduct(rounded, 2.121_944_40e-4)
        var value = Lanes(repeating: 1.381_447_552e-3)
        value = Lanes(repeating: 8.368_750_889e-3).addingProduct(value, rest)
        value = Lanes(repeating: 4.166_839_212e-2).addingProduct(value, rest)
        value = Lanes(repeating: 1.666_652_034e-1).addingProduct(value, rest)
        value = Lanes(repeating: 4.999_999_343e-1).addingProduct(value, rest)
        value = Lanes(repeating: 1).addingProduct(value, rest)
        value = Lanes(repeating: 1).addingProduct(value, rest)
        return (value, shifted.bitsAsExponent)
    }

    /// 1 / (1 + e⁻ˣ) within 3 ulp; 0 below −88.7.
    @inline(__always)
    static func sigmoid(_ x: Lanes) -> Lanes { Lanes(repeating: 1) / (Lanes(repeating: 1) + exp(-x)) }

    /// The hyperbolic tangent within 6 ulp.
    ///
    /// Source: the rational minimax fit x P(x²) / Q(x²) of Eigen's `generic_fast_tanh_float`, at ±1 beyond 7.9.
    @inline(__always)
    static func tanh(_ x: Lanes) -> Lanes {
        let bounded = x.atLeast(-7.905_311).atMost(7.905_311)
        let square = bounded * bounded
        var above = Lanes(repeating: -2.760_768_477_423_55e-16)
        above = Lanes(repeating: 2.000_187_904_824_77e-13).addingProduct(above, square)
        above = Lanes(repeating: -8.604_671_522_137_35e-11).addingProduct(above, square)
        above = Lanes(repeating: 5.122_297_090_371_14e-08).addingProduct(above, square)
        above = Lanes(repeating: 1.485_722_357_179_79e-05).addingProduct(above, square)
        above = Lanes(repeating: 6.372_619_288_754_36e-04).addingProduct(above, square)
        above = Lanes(repeating: 4.893_524_558_917_86e-03).addingProduct(above, square)
        var below = Lanes(repeating: 1.198_258_394_667_02e-06)
        below = Lanes(repeating: 1.185_347_056_866_54e-04).addingProduct(below, square)
        below = Lanes(repeating: 2.268_434_632_439_00e-03).addingProduct(below, square)
        below = Lanes(repeating: 4.893_525_185_543_85e-03).addingProduct(below, square)
        return (bounded * above / below).replacing(with: x, where: x.size .< 4e-4)
    }
}
