import Foundation
import Testing

@testable import LabNumerics

@Suite struct RandomFieldTests {
    static func words(_ field: RandomField, groups: Int, row: UInt64, column: UInt32, first: UInt32 = 0) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: 16 * groups)
        words.withUnsafeMutableBufferPointer { words in
            guard let start = words.baseAddress else { return }
            field.fill(start, groups: groups, row: row, column: column, first: first)
        }
        return words
    }

    /// The words are those of the generator itself, whose known answers are tested elsewhere.
    @Test func wordsAreThoseOfTheGenerator() {
        let field = RandomField(RandomStream(seed: 7, name: "cells"))
        let (row, column): (UInt64, UInt32) = (0x1_2345_6789_ABCD, 41)
        let words = Self.words(field, groups: 3, row: row, column: column, first: 5)
        for group in 0..<3 {
            for block in 0..<4 {
                let counter = SIMD4<UInt32>(
                    UInt32(4 * (5 + group) + block), column, UInt32(truncatingIfNeeded: row), UInt32(row >> 32))
                let expected = field.generator.block(counter)
                let place = 16 * group + 2 * block
                #expect(words[place] == expected[0] && words[place + 1] == expected[1])
                #expect(words[place + 8] == expected[2] && words[place + 9] == expected[3])
            }
        }
    }

    @Test func cellsDoNotDependOnHowTheyAreRead() {
        let field = RandomField(RandomStream(seed: 7, name: "cells"))
        let whole = Self.words(field, groups: 4, row: 3, column: 9)
        #expect(Array(whole[32...]) == Self.words(field, groups: 2, row: 3, column: 9, first: 2))
        #expect(whole != Self.words(field, groups: 4, row: 4, column: 9))
        #expect(whole != Self.words(field, groups: 4, row: 3, column: 10))
    }

    /// Moments and tails of a million draws, and the correlation of the two that share words.
    @Test func normalsAreNormal() {
        let field = RandomField(RandomStream(seed: 8, name: "normals"))
        let groups = 62_500
        let words = Self.words(field, groups: groups, row: 0, column: 0)
        var normals = [Float](repeating: 0, count: 16 * groups)
        normals.withUnsafeMutableBufferPointer { normals in
            words.withUnsafeBufferPointer { words in
                guard let target = normals.baseAddress, let source = words.baseAddress else { return }
                RandomField.normals(target, from: source, groups: groups)
            }
        }
        let count = Double(normals.count)
        var (sum, square, cube, fourth, tail) = (0.0, 0.0, 0.0, 0.0, 0)
        for normal in normals {
            let value = Double(normal)
            sum += value
            square += value * value
            cube += value * value * value
            fourth += value * value * value * value
            tail += abs(value) > 3 ? 1 : 0
        }
        #expect(abs(sum / count) < 4 / count.squareRoot())
        #expect(abs(square / count - 1) < 4 * (2 / count).squareRoot())
        #expect(abs(cube / count) < 4 * (15 / count).squareRoot())
        #expect(abs(fourth / count - 3) < 4 * (96 / count).squareRoot())
        // P(|z| > 3) = 0.0026998
        #expect(abs(Double(tail) - 2_699.8) < 4 * 2_699.8.squareRoot())
        // Kolmogorov's distance on a grid: 1.95/√n is passed once in a thousand times.
        let sorted = normals.sorted()
        var distance = 0.0
        for place in stride(from: 0, to: sorted.count, by: 100) {
            let expected = 0.5 * erfc(-Double(sorted[place]) / 2.0.squareRoot())
            distance = max(distance, abs(expected - Double(place) / count))
        }
        #expect(distance < 1.95 / count.squareRoot())
        let few = RandomField.normals(SIMD4(words[0], words[8], words[1], words[9]))
        #expect(few == SIMD4(normals[0], normals[8], normals[1], normals[9]))
    }

    @Test func logarithmAndTurnsAreAccurate() {
        for step in 1...20_000 {
            let x = Float(step) / 20_000
            let logarithm = FloatMath.log(SIMD8(repeating: x))[0]
            #expect(abs(Double(logarithm) - log(Double(x))) < 1e-7 + 1.2e-7 * abs(log(Double(x))))
            let turn = Float(step - 1) / 20_000
            let (sine, cosine) = FloatMath.sineAndCosine(turns: SIMD8(repeating: turn))
            #expect(abs(Double(sine[0]) - sin(2 * Double.pi * Double(turn))) < 2e-7)
            #expect(abs(Double(cosine[0]) - cos(2 * Double.pi * Double(turn))) < 2e-7)
        }
    }
}
