import Foundation
import Testing

@testable import LabNumerics

@Suite struct FloatMathTests {
    typealias Kernel = (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void

    static func apply(_ kernel: Kernel, _ x: [Float]) -> [Float] {
        var out = [Float](repeating: .nan, count: x.count)
        x.withUnsafeBufferPointer { x in
            out.withUnsafeMutableBufferPointer { out in
                if let source = x.baseAddress, let target = out.baseAddress { kernel(source, target, x.count) }
            }
        }
        return out
    }

    static func sweep(_ range: ClosedRange<Float>) -> [Float] {
        (0...200_000).map { range.lowerBound + (range.upperBound - range.lowerBound) * Float($0) / 200_000 }
    }

    /// Largest error in units of the last place of the exact value, over a sweep of `range`.
    static func worst(_ range: ClosedRange<Float>, _ kernel: Kernel, _ exact: (Double) -> Double) -> Double {
        let places = sweep(range)
        return zip(places, apply(kernel, places)).reduce(0.0) { worst, pair in
            let wanted = exact(Double(pair.0))
            return max(worst, abs(Double(pair.1) - wanted) / Double(Float(wanted).ulp))
        }
    }

    /// Largest error as a share of max(1, |x|), or absolute, in units of 2⁻²².
    static func worstShare(
        _ range: ClosedRange<Float>, relative: Bool, _ kernel: Kernel, _ exact: (Double) -> Double
    ) -> Double {
        let places = sweep(range)
        return zip(places, apply(kernel, places)).reduce(0.0) { worst, pair in
            let size = relative ? max(1, Double(pair.0).magnitude) : 1
            return max(worst, abs(Double(pair.1) - exact(Double(pair.0))) / size * 0x1p22)
        }
    }

    /// The slope kernel of an activation with all incoming slopes 1.
    static func slope(
        _ kernel: @escaping (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> Kernel {
        { x, out, count in
            let ones = [Float](repeating: 1, count: count)
            ones.withUnsafeBufferPointer { if let start = $0.baseAddress { kernel(x, start, out, count) } }
        }
    }

    static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
    static func gate(_ x: Double) -> Double { 1 / (1 + exp(-1.595769121605731 * (x + 0.044715 * x * x * x))) }

    @Test func statedAccuracy() {
        #expect(Self.worst(-86.9...88.72, Elementwise.exp, exp) <= 1)
        #expect(Self.worst(-87.6...0, { x, out, n in Kernels.map(x, out, n, FloatMath.decay) }, exp) <= 1)
        #expect(Self.worst(-12...12, Elementwise.tanh, tanh) <= 6)
        #expect(Self.worst(-80...80, Elementwise.sigmoid) { 1 / (1 + exp(-$0)) } <= 3)
        #expect(Self.worst(-80...80, Elementwise.silu) { $0 / (1 + exp(-$0)) } <= 4)
    }

    @Test func statedAccuracyOfGelu() {
        #expect(Self.worstShare(-30...30, relative: true, Elementwise.gelu) { $0 * Self.normal($0) } <= 1)
        #expect(Self.worstShare(-30...30, relative: true, Elementwise.geluTanh) { $0 * Self.gate($0) } <= 1)
        #expect(
            Self.worstShare(-30...30, relative: false, Self.slope(Elementwise.geluBackward)) {
                Self.normal($0) + $0 * exp(-0.5 * $0 * $0) / (2 * Double.pi).squareRoot()
            } <= 2)
        #expect(
            Self.worstShare(-30...30, relative: false, Self.slope(Elementwise.geluTanhBackward)) {
                let inner = 1.595769121605731 * (1 + 3 * 0.044715 * $0 * $0)
                return Self.gate($0) + $0 * inner * Self.gate($0) * (1 - Self.gate($0))
            } <= 2)
        #expect(
            Self.worstShare(-30...30, relative: false, Self.slope(Elementwise.siluBackward)) {
                let gate = 1 / (1 + exp(-$0))
                return gate * (1 + $0 * (1 - gate))
            } <= 2)
    }

    @Test func edges() {
        #expect(
            Self.apply(Elementwise.exp, [-.infinity, .infinity, 0, -1_000, 88.8]) == [0, .infinity, 1, 0, .infinity])
        #expect(Self.apply(Elementwise.sigmoid, [-200, 200, 0]) == [0, 1, 0.5])
        #expect(Self.apply(Elementwise.relu, [-1, 0, 2, .infinity, -.infinity]) == [0, 0, 2, .infinity, 0])
        #expect(Self.apply(Elementwise.gelu, [-1e30, -6, 0, 6, 1e30]) == [0, 0, 0, 6, 1e30])
        #expect(Self.apply(Elementwise.geluTanh, [-1e30, -20, 0, 20, 1e30]) == [0, 0, 0, 20, 1e30])
        let flat = Self.apply(Elementwise.tanh, [-.infinity, .infinity, 1e-5])
        #expect(flat[0] == -flat[1] && flat[1] <= 1 && flat[1] > 1 - 1e-6 && flat[2] == 1e-5)
        for kernel in [
            Elementwise.relu, Elementwise.exp, Elementwise.tanh, Elementwise.sigmoid, Elementwise.gelu,
            Elementwise.geluTanh, Elementwise.silu,
        ] {
            #expect(Self.apply(kernel, [.nan])[0].isNaN)
        }
    }
}
