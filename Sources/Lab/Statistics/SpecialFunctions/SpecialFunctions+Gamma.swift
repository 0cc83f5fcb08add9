import RealModule

extension SpecialFunctions {
    /// log Γ(x) for x > 0.
    public static func logGamma(_ x: Double) -> Double { x > 0 ? Double.logGamma(x) : .nan }

    /// ψ(x) = Γ′(x) / Γ(x) for x > 0.
    ///
    /// Source: DLMF 5.5.2 (recurrence) and 5.11.2 (asymptotic series); Taylor's series about the only root.
    public static func digamma(_ x: Double) -> Double {
        if !(x > 0) { return .nan }
        // The root in two parts, so that the distance to it keeps its digits.
        let distance = (x - 1.461_632_144_968_362_2) - 9.549_995_429_965_697_7e-17
        if abs(distance) < 0.25 {
            return distance * digammaSeries.reversed().reduce(0) { $0 * distance + $1 }
        }
        var (shifted, sum) = (x, 0.0)
        while shifted < 10 {
            sum -= 1 / shifted
            shifted += 1
        }
        let square = 1 / (shifted * shifted)
        let series: [Double] = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12]
        let rest = series.reversed().reduce(0) { $0 * square + $1 } * square
        return sum + (Double.log(shifted) - 0.5 / shifted - rest)
    }

    /// ψ′(x) for x > 0.
    ///
    /// Source: DLMF 5.15.5 and 5.15.8.
    public static func trigamma(_ x: Double) -> Double {
        if !(x > 0) { return .nan }
        var (shifted, sum) = (x, 0.0)
        while shifted < 10 {
            sum += 1 / (shifted * shifted)
            shifted += 1
        }
        let square = 1 / (shifted * shifted)
        let series: [Double] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2_730, 7 / 6]
        let rest = series.reversed().reduce(0) { $0 * square + $1 } * square
        return sum + (1 + 0.5 / shifted + rest) / shifted
    }

    /// log B(a, b) for a, b > 0.
    ///
    /// Source: Didonato and Morris, TOMS 18(3), 1992, section 5: by differences of log-gammas that lose no digits.
    public static func logBeta(_ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0 else { return .nan }
        let (less, more) = (min(a, b), max(a, b))
        if less < 10 { return Double.logGamma(less) - logGammaRise(more, by: less) }
        let ratio = less / more
        let corrections =
            SaddlePoint.stirlingError(less) + SaddlePoint.stirlingError(more) - SaddlePoint.stirlingError(less + more)
        return 0.918_938_533_204_672_742 - 0.5 * Double.log(more) + corrections
            - (less - 0.5) * Double.log(onePlus: 1 / ratio) - more * Double.log(onePlus: ratio)
    }

    /// log Γ(1 + a) for |a| ≤ ½, whatever the size of a.
    ///
    /// Source: DLMF 5.7.3.
    static func logGammaOnePlus(_ a: Double) -> Double {
        let tail = logGammaSeries.reversed().reduce(0) { $0 * a + $1 } * a * a
        return -Double.log(onePlus: a) + a * 0.422_784_335_098_467_139_39 + tail
    }

    /// log Γ(b + a) − log Γ(b) for b > 0 and a > 0, without the cancellation of large log-gammas.
    static func logGammaRise(_ b: Double, by a: Double) -> Double {
        if a > 1e3 * b { return Double.logGamma(b + a) - Double.logGamma(b) }
        var (base, sum) = (b, 0.0)
        while base < 12 {
            sum -= Double.log(onePlus: a / base)
            base += 1
        }
        let rise = Double.log(onePlus: a / base)
        // Of Stirling's series (DLMF 5.11.1) each term's difference is one exponential minus one.
        var corrections = 0.0
        var power = 1 / base
        for (index, term) in stirlingSeries.enumerated() {
            corrections += term * power * Double.expMinusOne(-Double(2 * index + 1) * rise)
            power /= base * base
        }
        // (b + a − ½) log(1 + a / b) − a, whose parts nearly cancel for small a / b.
        let main = a * Double.log(base) + (base + a - 0.5) * rise - a
        return sum + main + corrections
    }

    private static let stirlingSeries: [Double] = [
        1 / 12, -1 / 360, 1 / 1_260, -1 / 1_680, 1 / 1_188, -691 / 360_360, 1 / 156,
    ]

    /// ψ⁽ᵏ⁾(x₀) / k! at the root x₀ of ψ, k = 1, 2, …, with mpmath.
    private static let digammaSeries: [Double] = [
        0.967_672_245_447_621_17, -0.442_763_168_983_592_11, 0.258_499_760_955_651_01, -0.163_942_705_442_406_53,
        0.107_824_050_691_262_37, -0.072_199_561_256_454_711, 0.048_804_288_164_143_107, -0.033_161_126_474_847_359,
        0.022_597_648_232_218_105, -0.015_424_765_904_948_959, 0.010_538_791_616_612_175, -0.007_204_534_386_356_868_2,
        0.004_926_781_395_729_853_4, -0.003_369_801_655_439_328_1, 0.002_305_126_326_734_927_8,
        -0.001_576_936_771_430_197_3, 0.001_078_825_201_916_296_6, -0.000_738_070_938_996_005_13,
        0.000_504_953_265_834_602_04, -0.000_345_468_025_106_307_70, 0.000_236_356_015_640_270_53,
        -0.000_161_706_220_919_748_03, 0.000_110_633_727_687_474_10, -0.000_075_691_795_821_950_659,
    ]

    /// (−1)ᵏ (ζ(k) − 1) / k, k = 2, 3, …, with mpmath.
    private static let logGammaSeries: [Double] = [
        0.322_467_033_424_113_218_24, -0.067_352_301_053_198_095_133, 0.020_580_808_427_784_547_879,
        -7.385_551_028_673_985_266_3e-3, 2.890_510_330_741_523_285_8e-3, -1.192_753_911_703_260_977_1e-3,
        5.096_695_247_430_424_223_4e-4, -2.231_547_584_535_793_797_6e-4, 9.945_751_278_180_853_371_5e-5,
        -4.492_623_673_813_314_17e-5, 2.050_721_277_567_069_155_3e-5, -9.439_488_275_268_395_904e-6,
        4.374_866_789_907_487_804_2e-6, -2.039_215_753_801_366_236_8e-6, 9.551_412_130_407_419_832_9e-7,
        -4.492_469_198_764_566_043_3e-7, 2.120_718_480_555_466_586_9e-7, -1.004_322_482_396_809_960_9e-7,
        4.769_810_169_363_980_565_8e-8, -2.271_109_460_894_316_491e-8, 1.083_865_921_489_695_409_1e-8,
        -5.183_475_041_970_046_655_1e-9, 2.483_674_543_802_478_317_2e-9,
    ]
}
