import Foundation
import Testing

@testable import LabNumerics

@Suite struct KernelTests {
    static let lengths = [0, 1, 3, 7, 8, 9, 12, 15, 16, 17, 31, 33, 39, 40, 41, 72, 100, 1_000]

    @Test(arguments: lengths) func sumsDropNothing(count: Int) {
        // Whole numbers, so that every order of addition is exact; what lies behind the end must not be read.
        let numbers = (0..<count).map { Float($0 % 13) }
        (numbers + [.nan, .nan]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            #expect(Kernels.sum(start, count) == numbers.reduce(0, +))
            #expect(Kernels.dot(start, start, count) == numbers.reduce(0) { $0 + $1 * $1 })
            #expect(Kernels.sumOfSquares(start, count) == Double(numbers.reduce(0) { $0 + $1 * $1 }))
            #expect(Kernels.maximum(start, count) == (numbers.max() ?? -.infinity))
        }
    }

    @Test(arguments: lengths) func theLargestIsFoundAtAnyPlace(count: Int) {
        for place in 0..<count {
            var numbers = [Float](repeating: -5, count: count)
            numbers[place] = -2
            numbers.withUnsafeBufferPointer { buffer in
                if let start = buffer.baseAddress { #expect(Kernels.maximum(start, count) == -2) }
            }
        }
    }

    /// Every length and every place gives the bits that the same number gives alone, in place too.
    @Test(arguments: lengths) func mapsReachEveryPlaceOnce(count: Int) {
        var stream = RandomStream(seed: 5, name: "kernels")
        let numbers = (0..<count).map { _ in Float(stream.nextNormal()) }
        let alone = numbers.map { FloatMathTests.apply(Elementwise.silu, [$0])[0] }
        #expect(FloatMathTests.apply(Elementwise.silu, numbers) == alone)
        var inPlace = numbers + [7]
        inPlace.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { Elementwise.silu(start, start, count) }
        }
        #expect(inPlace == alone + [7])
        #expect(FloatMathTests.apply(Elementwise.relu, numbers) == numbers.map { max(0, $0) })
        var doubled = numbers + [7]
        doubled.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { Elementwise.add(start, start, start, count) }
        }
        #expect(doubled == numbers.map { $0 + $0 } + [7])
        var sums = numbers + [7]
        numbers.withUnsafeBufferPointer { x in
            sums.withUnsafeMutableBufferPointer { out in
                if let x = x.baseAddress, let out = out.baseAddress { Elementwise.add(x, times: 2, to: out, count) }
            }
        }
        #expect(sums == numbers.map { $0.addingProduct(2, $0) } + [7])
    }

    @Test(arguments: [1, 5, 8, 12, 100]) func softmaxOfRows(columns: Int) {
        var stream = RandomStream(seed: 6, name: "softmax")
        var matrix = Matrix(rows: 3, columns: columns)
        stream.fillNormal(&matrix.elements)
        for column in 0..<columns { matrix[1, column] *= 40 }
        let found = matrix.softmaxOfRows()
        for row in 0..<3 {
            let exponentials = matrix.row(row).map { exp(Double($0) - Double(matrix.row(row).max() ?? 0)) }
            let total = exponentials.reduce(0, +)
            for column in 0..<columns {
                #expect(abs(Double(found[row, column]) - exponentials[column] / total) < 3e-7)
            }
        }
    }

    @Test func softmaxOfMaskedElementsIsZero() {
        let row = Matrix([[1, -.infinity, 1, -.infinity]]).softmaxOfRows()
        #expect(row.elements == [0.5, 0, 0.5, 0])
        #expect(Matrix([[-.infinity, -.infinity]]).softmaxOfRows().elements.allSatisfy { $0.isNaN })
    }
}
