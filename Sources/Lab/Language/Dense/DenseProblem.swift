import Foundation
import LabNumerics

/// The objective of `DenseTraining`, by blocks of rows that stay in the cache between the two products.
struct DenseProblem {
    private static let blockRows = 512

    let classes: Int
    let features: Matrix
    private let labels: [Int]
    private let classWeights: [Double]

    init(_ features: Matrix, labels: [Int], classes: Int, classWeights: [Double]) {
        self.features = features
        self.labels = labels
        self.classes = classes
        self.classWeights = classWeights
    }

    /// [width, classes] followed by the bias.
    var parameterCount: Int { (features.columns + 1) * classes }

    /// The objective at `parameters`; `gradient` receives its derivative, same shape.
    func objective(_ parameters: [Double], l2: Double, gradient: inout [Double]) -> Double {
        let free = features.columns * classes
        let weights = parameters.map(Float.init)
        var slopes = [Float](repeating: 0, count: free)
        var biasSlope = [Double](repeating: 0, count: classes)
        var loss = 0.0
        var block = [Float](repeating: 0, count: Self.blockRows * classes)
        let multiplier = GEMM.current
        let width = features.columns
        features.elements.withUnsafeBufferPointer { x in
            weights.withUnsafeBufferPointer { w in
                slopes.withUnsafeMutableBufferPointer { g in
                    block.withUnsafeMutableBufferPointer { d in
                        guard let x = x.baseAddress, let w = w.baseAddress, let g = g.baseAddress, let d = d.baseAddress
                        else { return }
                        for start in stride(from: 0, to: features.rows, by: Self.blockRows) {
                            let rows = min(Self.blockRows, features.rows - start)
                            let part = x + start * width
                            multiplier.gemm(
                                transposeA: false, transposeB: false, m: rows, n: classes, k: width, alpha: 1, a: part,
                                strideA: width, b: w, strideB: classes, beta: 0, c: d, strideC: classes)
                            loss += slope(d, w + free, start: start, rows: rows, bias: &biasSlope)
                            multiplier.gemm(
                                transposeA: true, transposeB: false, m: width, n: classes, k: rows, alpha: 1, a: part,
                                strideA: width, b: d, strideB: classes, beta: 1, c: g, strideC: classes)
                        }
                    }
                }
            }
        }
        var squares = 0.0
        for index in 0..<free {
            gradient[index] = Double(slopes[index]) + l2 * parameters[index]
            squares += parameters[index] * parameters[index]
        }
        for index in 0..<classes { gradient[free + index] = biasSlope[index] }
        return loss + l2 / 2 * squares
    }

    /// Turns a block's logits without bias into the slopes of the mean cross-entropy and returns its share of that.
    private func slope(
        _ block: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>, start: Int, rows: Int,
        bias biasSlope: inout [Double]
    ) -> Double {
        var loss = 0.0
        let scale = 1 / Double(labels.count)
        for row in 0..<rows {
            let line = block + row * classes
            let label = labels[start + row]
            let weight = classWeights[label] * scale
            var largest = -Float.infinity
            for index in 0..<classes {
                line[index] += bias[index]
                largest = max(largest, line[index])
            }
            let chosen = line[label] - largest
            var sum: Float = 0
            for index in 0..<classes {
                line[index] = exp(line[index] - largest)
                sum += line[index]
            }
            loss += weight * (log(Double(sum)) - Double(chosen))
            for index in 0..<classes {
                let slope = weight * (Double(line[index] / sum) - (index == label ? 1 : 0))
                biasSlope[index] += slope
                line[index] = Float(slope)
            }
        }
        return loss
    }
}
