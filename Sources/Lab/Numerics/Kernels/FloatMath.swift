/// Elementary functions of 32-bit numbers without branches, so that loops over them become vector code.
///
/// Unless stated otherwise within 2 units in the last place of the exact value where that is a normal number, which the
/// tests check.
@usableFromInline
enum FloatMath {
    /// eˣ; 0 below the smallest normal result, infinity above the largest finite one.
    ///
    /// Source: range reduction by Cody and Waite and the polynomial of Cephes `expf`.
    @inline(__always)
    static func exp(_ x: Float) -> Float {
        let bounded = x < -87.3365 ? Float(-87.3365) : (x > 88.7228 ? Float(88.7228) : x)
        // Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits.
        let shifted = (bounded * 1.442_695_04).addingMagic()
        let power = Int32(bitPattern: shifted.bitPattern) &- Int32(bitPattern: Float.magic.bitPattern)
        let rounded = shifted - Float.magic
        var rest = bounded.addingProduct(rounded, -0.693_359_375)
        rest = rest.addingProduct(rounded, 2.121_944_40e-4)
        var polynomial: Float = 1.987_569_15e-4
        polynomial = Float(1.398_199_95e-3).addingProduct(polynomial, rest)
        polynomial = Float(8.333_451_91e-3).addingProduct(polynomial, rest)
        polynomial = Float(4.166_579_59e-2).addingProduct(polynomial, rest)
        polynomial = Float(1.666_666_55e-1).addingProduct(polynomial, rest)
        polynomial = Float(5.000_000_12e-1).addingProduct(polynomial, rest)
        let value = (1 + rest).addingProduct(polynomial, rest * rest)
        // Two factors, because 2¹²⁸ alone is not a number although the result may be.
        let half = power &>> 1
        let scaled = value * powerOfTwo(half) * powerOfTwo(power &- half)
        return x < -87.3365 ? 0 : (x > 88.7228 ? Float.infinity : scaled)
    }

    @inline(__always)
    private static func powerOfTwo(_ exponent: Int32) -> Float {
        Float(bitPattern: UInt32(bitPattern: (exponent &+ 127) &<< 23))
    }

    /// 1 / (1 + e⁻ˣ).
    @inline(__always)
    static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

    /// The hyperbolic tangent, within 6 units in the last place.
    ///
    /// Source: the rational minimax fit x P(x²) / Q(x²) of Eigen's `generic_fast_tanh_float`, at ±1 beyond 7.9.
    @inline(__always)
    static func tanh(_ x: Float) -> Float {
        let bounded = x < -7.905_311 ? Float(-7.905_311) : (x > 7.905_311 ? Float(7.905_311) : x)
        let square = bounded * bounded
        var above: Float = -2.760_768_477_423_55e-16
        above = Float(2.000_187_904_824_77e-13).addingProduct(above, square)
        above = Float(-8.604_671_522_137_35e-11).addingProduct(above, square)
        above = Float(5.122_297_090_371_14e-08).addingProduct(above, square)
        above = Float(1.485_722_357_179_79e-05).addingProduct(above, square)
        above = Float(6.372_619_288_754_36e-04).addingProduct(above, square)
        above = Float(4.893_524_558_917_86e-03).addingProduct(above, square)
        var below: Float = 1.198_258_394_667_02e-06
        below = Float(1.185_347_056_866_54e-04).addingProduct(below, square)
        below = Float(2.268_434_632_439_00e-03).addingProduct(below, square)
        below = Float(4.893_525_185_543_85e-03).addingProduct(below, square)
        let value = bounded * above / below
        return x.magnitude < 4e-4 ? x : value
    }

    /// The error function. Source: N. Juffa's minimax fit in two ranges, with the exponential in the outer one.
    @inline(__always)
    static func erf(_ x: Float) -> Float {
        let magnitude = x.magnitude
        let square = x * x
        let outerHigh = Float(3.831_971_26e-4).addingProduct(-1.728_534_70e-5, magnitude)
        let outerLow = Float(2.425_462_19e-2).addingProduct(-3.883_964_38e-3, magnitude)
        var outer = outerLow.addingProduct(outerHigh, square)
        outer = Float(-1.067_778_77e-1).addingProduct(outer, magnitude)
        outer = Float(-6.348_466_87e-1).addingProduct(outer, magnitude)
        outer = Float(-1.287_175_12e-1).addingProduct(outer, magnitude)
        outer = (-magnitude).addingProduct(outer, magnitude)
        let far = 1 - exp(outer)
        var inner: Float = -5.967_617_03e-4
        inner = Float(4.991_194_23e-3).addingProduct(inner, square)
        inner = Float(-2.676_813_49e-2).addingProduct(inner, square)
        inner = Float(1.128_199_25e-1).addingProduct(inner, square)
        inner = Float(-3.761_253_36e-1).addingProduct(inner, square)
        inner = Float(1.283_791_66e-1).addingProduct(inner, square)
        let near = x.addingProduct(inner, x)
        return magnitude > 0.927_734_375 ? (x < 0 ? -far : far) : near
    }
}

extension Float {
    @inline(__always) static var magic: Float { 12_582_912 }
    @inline(__always) func addingMagic() -> Float { self + Float.magic }
}
