import LabNumerics
import Testing

@Suite struct NormalTests {
    /// Sample moments of one million draws against those of the distribution, at five standard errors.
    @Test func normalMoments() {
        var stream = RandomStream(seed: 6, name: "normal")
        let n = 1_000_000
        var (sum, square, cube, fourth) = (0.0, 0.0, 0.0, 0.0)
        var beyond = 0
        for _ in 0..<n {
            let x = stream.nextNormal()
            (sum, square, cube, fourth) = (sum + x, square + x * x, cube + x * x * x, fourth + x * x * x * x)
            if x > 3.5 { beyond += 1 }
        }
        #expect(abs(sum / 1e6) < 5e-3)
        #expect(abs(square / 1e6 - 1) < 5 * 1.414e-3)
        #expect(abs(cube / 1e6) < 5 * 3.873e-3)
        #expect(abs(fourth / 1e6 - 3) < 5 * 9.798e-3)
        // 1 − Φ(3.5) = 2.3263e-4: the tail beyond the ziggurat's base layer.
        #expect(abs(Double(beyond) - 232.63) < 5 * 15.25)
    }

    @Test(arguments: [(0.3, 2.0), (1.0, 1.0), (7.5, 0.5)])
    func gammaMoments(shape: Double, scale: Double) {
        var stream = RandomStream(seed: 7, name: "gamma")
        let n = 100_000.0
        var (sum, square) = (0.0, 0.0)
        for _ in 0..<Int(n) {
            let x = stream.nextGamma(shape: shape, scale: scale)
            (sum, square) = (sum + x, square + x * x)
        }
        let (mean, variance) = (shape * scale, shape * scale * scale)
        #expect(abs(sum / n - mean) < 5 * (variance / n).squareRoot())
        let spread = variance * ((2 + 6 / shape) / n).squareRoot()
        #expect(abs(square / n - (sum / n) * (sum / n) - variance) < 5 * spread)
    }

    @Test func fillsEqualSingleDraws() {
        var (single, filled) = (RandomStream(seed: 8, name: "fill"), RandomStream(seed: 8, name: "fill"))
        var buffer = [Float](repeating: 0, count: 1_001)
        filled.fillNormal(&buffer)
        #expect(buffer == (0..<1_001).map { _ in Float(single.nextNormal()) })
        filled.fillUniform(&buffer)
        #expect(buffer == (0..<1_001).map { _ in single.nextFloat() })
        #expect(buffer.allSatisfy { 0 <= $0 && $0 < 1 })
    }
}
