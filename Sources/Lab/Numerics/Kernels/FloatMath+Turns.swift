extension FloatMath {
    /// The natural logarithm of normal numbers above 0, within 2 ulp away from 1 and 1e-7 absolutely near it.
    ///
    /// Source: range reduction to [√½, √2) and the polynomial of Cephes `logf`.
    @inline(__always)
    static func log(_ x: Lanes) -> Lanes {
        let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
        // Subtracting the bits of √½ puts the exponent of the reduced number in the upper bits.
        let shifted = bits &- 0x3F35_04F3
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &>> 23
        let fraction = unsafeBitCast((shifted & 0x007F_FFFF) &+ 0x3F35_04F3, to: Lanes.self) - 1
        // 1.5 · 2²³ and a small integer in its low bits, less itself, is the integer as a number.
        let magic = Lanes(repeating: 12_582_912)
        let count = unsafeBitCast(exponent &+ unsafeBitCast(magic, to: SIMD8<Int32>.self), to: Lanes.self) - magic
        let square = fraction * fraction
        var value = Lanes(repeating: 7.037_683_629_2e-2)
        value = Lanes(repeating: -1.151_461_031_0e-1).addingProduct(value, fraction)
        value = Lanes(repeating: 1.167_699_874_0e-1).addingProduct(value, fraction)
        value = Lanes(repeating: -1.242_014_084_6e-1).addingProduct(value, fraction)
        value = Lanes(repeating: 1.424_932_278_7e-1).addingProduct(value, fraction)
        value = Lanes(repeating: -1.666_805_766_5e-1).addingProduct(value, fraction)
        value = Lanes(repeating: 2.000_071_476_5e-1).addingProduct(value, fraction)
        value = Lanes(repeating: -2.499_999_399_3e-1).addingProduct(value, fraction)
        value = Lanes(repeating: 3.333_333_117_4e-1).addingProduct(value, fraction)
        value = value * square * fraction
        value = value.addingProduct(count, -2.121_944_40e-4)
        value = value.addingProduct(square, -0.5)
        return (fraction + value).addingProduct(count, 0.693_359_375)
    }

    /// The sine and the cosine of 2π times a number in [0, 1], within 2e-7.
    ///
    /// Source: reduction to an eighth of a turn and the polynomials of Cephes `sinf` and `cosf`.
    @inline(__always)
    static func sineAndCosine(turns: Lanes) -> (sine: Lanes, cosine: Lanes) {
        let magic = Lanes(repeating: 12_582_912)
        let quarters = turns * 4
        let shifted = quarters + magic
        let quadrant = unsafeBitCast(shifted, to: SIMD8<UInt32>.self)
        let angle = (quarters - (shifted - magic)) * 1.570_796_326_8
        let square = angle * angle
        var sine = Lanes(repeating: -1.951_529_589_1e-4)
        sine = Lanes(repeating: 8.332_160_873_6e-3).addingProduct(sine, square)
        sine = Lanes(repeating: -1.666_665_461_1e-1).addingProduct(sine, square)
        sine = angle.addingProduct(sine * square, angle)
        var cosine = Lanes(repeating: 2.443_315_711_809_948e-5)
        cosine = Lanes(repeating: -1.388_731_625_493_765e-3).addingProduct(cosine, square)
        cosine = Lanes(repeating: 4.166_664_568_298_827e-2).addingProduct(cosine, square)
        cosine = Lanes(repeating: 1).addingProduct(Lanes(repeating: -0.5).addingProduct(cosine, square), square)
        // Odd quadrants swap the two; the second bit, or that of the next quadrant, is the sign.
        let odd = SIMD8<UInt32>(repeating: 0) &- (quadrant & 1)
        let (sineBits, cosineBits) = (
            unsafeBitCast(sine, to: SIMD8<UInt32>.self), unsafeBitCast(cosine, to: SIMD8<UInt32>.self)
        )
        let swapped = (sineBits ^ cosineBits) & odd
        let sineSign = (quadrant & 2) &<< 30
        let cosineSign = ((quadrant &+ 1) & 2) &<< 30
        return (
            unsafeBitCast((sineBits ^ swapped) ^ sineSign, to: Lanes.self),
            unsafeBitCast((cosineBits ^ swapped) ^ cosineSign, to: Lanes.self)
        )
    }
}
