import CVector

extension RandomField {
    /// Writes standard normals, 16 for every 16 words, by the method of Box and Muller.
    ///
    /// Source: Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958. Radius and angle have 23 random
    /// bits each, so that no normal exceeds 5.65.
    ///
    /// - Parameters:
    ///   - words: 16 · `groups` words.
    ///   - normals: room for 16 · `groups` numbers.
    public static func normals(
        _ normals: UnsafeMutablePointer<Float>, from words: UnsafePointer<UInt32>, groups: Int
    ) {
        let (source, target) = (UnsafeRawPointer(words), UnsafeMutableRawPointer(normals))
        for group in 0..<groups {
            let first = source.loadUnaligned(fromByteOffset: 64 &* group, as: SIMD8<UInt32>.self)
            let second = source.loadUnaligned(fromByteOffset: 64 &* group &+ 32, as: SIMD8<UInt32>.self)
            let (sine, cosine) = pair(first, second)
            target.storeBytes(of: sine, toByteOffset: 64 &* group, as: Lanes.self)
            target.storeBytes(of: cosine, toByteOffset: 64 &* group &+ 32, as: Lanes.self)
        }
    }

    /// Four words make four normals.
    public static func normals(_ words: SIMD4<UInt32>) -> SIMD4<Float> {
        let zero = SIMD4<UInt32>()
        let (sine, cosine) = pair(
            SIMD8(lowHalf: SIMD4(words[0], words[2], 0, 0), highHalf: zero),
            SIMD8(lowHalf: SIMD4(words[1], words[3], 0, 0), highHalf: zero))
        return SIMD4(sine[0], cosine[0], sine[1], cosine[1])
    }

    @inline(__always)
    private static func pair(_ first: SIMD8<UInt32>, _ second: SIMD8<UInt32>) -> (Lanes, Lanes) {
        // The bits of a number in [1, 2): 2 less it lies in (0, 1].
        let one = SIMD8<UInt32>(repeating: 0x3F80_0000)
        let uniform = Lanes(repeating: 2) - unsafeBitCast((first &>> 9) | one, to: Lanes.self)
        let radius = lab_square_roots(FloatMath.log(uniform) * -2)
        let turn = unsafeBitCast((second &>> 9) | one, to: Lanes.self) - 1
        let (sine, cosine) = FloatMath.sineAndCosine(turns: turn)
        return (radius * sine, radius * cosine)
    }
}
