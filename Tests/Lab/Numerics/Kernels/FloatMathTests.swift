import Foundation
import Testing

@testable import LabNumerics

@Suite struct FloatMathTests {
    /// Largest error in units of the last place of the exact value, over a sweep of `range`.
    static func worst(
        _ range: ClosedRange<Float>, _ function: (Float) -> Float, _ exact: (Double) -> Double
    ) -> Double {
        (0...200_000).reduce(0.0) { worst, step in
            let x = range.lowerBound + (range.upperBound - range.lowerBound) * Float(step) / 200_000
            let wanted = exact(Double(x))
            return max(worst, abs(Double(function(x)) - wanted) / Double(Float(wanted).ulp))
        }
    }

    @Test func accuracy() {
        #expect(Self.worst(-87...88.7, { FloatMath.exp($0) }, exp) <= 2)
        #expect(Self.worst(-12...12, { FloatMath.tanh($0) }, tanh) <= 6)
        #expect(Self.worst(-5...5, { FloatMath.erf($0) }, erf) <= 2)
        #expect(Self.worst(-80...80, { FloatMath.sigmoid($0) }, { 1 / (1 + exp(-$0)) }) <= 3)
    }

    @Test func edges() {
        #expect(FloatMath.exp(-.infinity) == 0)
        #expect(FloatMath.exp(.infinity) == .infinity)
        #expect(FloatMath.exp(0) == 1)
        #expect(FloatMath.exp(.nan).isNaN && FloatMath.tanh(.nan).isNaN && FloatMath.erf(.nan).isNaN)
        #expect(abs(FloatMath.tanh(.infinity) - 1) < 1e-6 && FloatMath.tanh(1e-5) == 1e-5)
        #expect(FloatMath.tanh(.infinity) == -FloatMath.tanh(-.infinity) && FloatMath.tanh(.infinity) <= 1)
        #expect(FloatMath.erf(-100) == -1 && FloatMath.sigmoid(-200) == 0 && FloatMath.sigmoid(200) == 1)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1_000])
    func sumsDropNothing(count: Int) {
        let numbers = (0..<count).map { Float($0 % 13) }
        numbers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            #expect(Kernels.sum(start, count) == numbers.reduce(0, +))
            #expect(Kernels.dot(start, start, count) == numbers.reduce(0) { $0 + $1 * $1 })
        }
    }
}
