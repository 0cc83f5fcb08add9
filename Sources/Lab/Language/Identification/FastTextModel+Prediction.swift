import Foundation

extension FastTextModel {
    /// fastText's guard against the logarithm of 0.
    private static let floor = 1e-5

    /// Writes the logarithm of each label's probability; false, and nothing written, where nothing of the text is known.
    func score(_ text: UnsafeBufferPointer<UInt8>, into scores: UnsafeMutableBufferPointer<Float>) -> Bool {
        var rows: [Int32] = []
        rows.reserveCapacity(text.count * 3 + 8)
        vocabulary.appendRows(of: text, to: &rows)
        guard !rows.isEmpty else { return false }
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: input.stride / 8) { hidden in
            average(rows, into: hidden)
            switch loss {
            case .hierarchicalSoftmax: walkTree(hidden, into: scores)
            case .softmax: softmax(hidden, into: scores)
            case .negativeSampling, .oneAgainstAll: sigmoids(hidden, into: scores)
            }
        }
        return true
    }

    private func average(_ rows: [Int32], into hidden: UnsafeMutableBufferPointer<SIMD8<Float>>) {
        input.values.withUnsafeBytes { values in
            let vectors = input.stride / 8
            let rowBytes = input.stride * 4
            if vectors == 2 {
                var (low, high) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
                for row in rows {
                    let place = Int(row) &* rowBytes
                    low += values.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                    high += values.loadUnaligned(fromByteOffset: place + 32, as: SIMD8<Float>.self)
                }
                (hidden[0], hidden[1]) = (low, high)
            } else {
                for index in 0..<vectors {
                    var sum = SIMD8<Float>.zero
                    for row in rows {
                        sum += values.loadUnaligned(
                            fromByteOffset: Int(row) &* rowBytes + index * 32, as: SIMD8<Float>.self)
                    }
                    hidden[index] = sum
                }
            }
            let scale = Float(1 / Double(rows.count))
            for index in 0..<vectors { hidden[index] *= scale }
        }
    }

    @inline(__always)
    private func product(_ row: Int, _ hidden: UnsafeMutableBufferPointer<SIMD8<Float>>) -> Float {
        output.values.withUnsafeBytes { values in
            var sum = SIMD8<Float>.zero
            for index in 0..<hidden.count {
                sum +=
                    values.loadUnaligned(
                        fromByteOffset: row * output.stride * 4 + index * 32, as: SIMD8<Float>.self) * hidden[index]
            }
            return sum.sum()
        }
    }

    /// Every path from the root whose probability stays above the floor.
    private func walkTree(
        _ hidden: UnsafeMutableBufferPointer<SIMD8<Float>>, into scores: UnsafeMutableBufferPointer<Float>
    ) {
        let leaves = scores.count
        let least = Float(log(FastTextModel.floor))
        guard leaves > 1 else {
            scores[0] = 0
            return
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * leaves - 1) { nodes in
            nodes.initialize(repeating: -.infinity)
            nodes[2 * leaves - 2] = 0
            for node in stride(from: 2 * leaves - 2, through: leaves, by: -1) where nodes[node] >= least {
                let choice = Float(1 / (1 + Double(exp(-product(node - leaves, hidden)))))
                let (left, right) = tree.children[node - leaves]
                nodes[Int(left)] = nodes[node] + Float(log(Double(1 - choice) + FastTextModel.floor))
                nodes[Int(right)] = nodes[node] + Float(log(Double(choice) + FastTextModel.floor))
            }
            for label in 0..<leaves { scores[label] = nodes[label] >= least ? nodes[label] : -.infinity }
        }
    }

    private func softmax(
        _ hidden: UnsafeMutableBufferPointer<SIMD8<Float>>, into scores: UnsafeMutableBufferPointer<Float>
    ) {
        var largest = -Float.infinity
        for label in scores.indices {
            scores[label] = product(label, hidden)
            largest = max(largest, scores[label])
        }
        var sum: Float = 0
        for label in scores.indices {
            scores[label] = exp(scores[label] - largest)
            sum += scores[label]
        }
        for label in scores.indices { scores[label] = Float(log(Double(scores[label] / sum) + FastTextModel.floor)) }
    }

    /// fastText reads the sigmoid from a table of 512 steps between -8 and 8.
    private func sigmoids(
        _ hidden: UnsafeMutableBufferPointer<SIMD8<Float>>, into scores: UnsafeMutableBufferPointer<Float>
    ) {
        for label in scores.indices {
            let value = product(label, hidden)
            let probability: Float
            if value < -8 {
                probability = 0
            } else if value > 8 {
                probability = 1
            } else {
                let step = Float(Int((value + 8) * 512 / 8 / 2)) * 16 / 512 - 8
                probability = Float(1 / (1 + Double(exp(-step))))
            }
            scores[label] = Float(log(Double(probability) + FastTextModel.floor))
        }
    }
}
