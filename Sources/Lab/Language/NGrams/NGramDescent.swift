import Foundation

/// AdaGrad over a corpus; `NGramTraining` says what it minimises.
final class NGramDescent {
    let table: BucketTable
    private(set) var bias: [Float]
    private let corpus: NGramCorpus
    private let targets: [Float]
    private let weights: [Float]
    private let classes: Int
    private let kind: NGramClassifier.Kind
    private let rate: Float
    /// Of each bucket the sum of squared gradients and the strength of the penalty, side by side.
    private let states: UnsafeMutablePointer<SIMD2<Float>>
    private var biasSquares: Float = 1e-6
    private let scratch: NGramClassifier.Scratch

    init(
        _ corpus: NGramCorpus, targets: [Float], weights: [Float], classes: Int, kind: NGramClassifier.Kind,
        _ training: NGramTraining
    ) {
        self.corpus = corpus
        self.targets = targets
        self.weights = weights
        self.classes = classes
        self.kind = kind
        rate = Float(training.rate)
        table = BucketTable(buckets: corpus.recipe.buckets, classes: classes)
        bias = [Float](repeating: 0, count: classes)
        scratch = NGramClassifier.Scratch(stride: table.stride)
        states = .allocate(capacity: corpus.recipe.buckets)
        let total = Double(corpus.count)
        for (bucket, count) in corpus.postCounts().enumerated() {
            let idf = log((1 + total) / (1 + Double(count))) + 1
            let strength = training.l2 * total / Double(max(count, 1)) / pow(idf, 2 * training.idfPower)
            states[bucket] = SIMD2(1e-6, Float(strength))
        }
    }

    deinit { states.deallocate() }

    /// Goes once through all posts in `order` and gives their mean cross-entropy on the way.
    func epoch(_ epoch: Int, of epochs: Int, order: [Int]) -> Double {
        let steps = Float(epochs * order.count)
        var loss = 0.0
        for (index, post) in order.enumerated() {
            let share = Float(epoch * order.count + index) / steps
            loss +=
                corpus.withPost(post) { buckets, words, characters in
                    step(post, buckets, words, characters, rate * (1 - share))
                } ?? 0
        }
        return loss / Double(max(order.count, 1))
    }

    private func step(
        _ post: Int, _ buckets: UnsafePointer<UInt32>, _ words: Int, _ characters: Int, _ rate: Float
    ) -> Double {
        table.sum(buckets, words, to: scratch.words)
        table.sum(buckets + words, characters, to: scratch.characters)
        let wordScale = 1 / Float(max(words, 1)).squareRoot()
        let characterScale = 1 / Float(max(characters, 1)).squareRoot()
        let slope = scratch.words
        for index in 0..<classes {
            slope[index] = bias[index] + slope[index] * wordScale + scratch.characters[index] * characterScale
        }
        let loss = kind == .exclusive ? softmaxSlope(post, slope) : logisticSlope(post, slope)
        var square: Float = 0
        for index in 0..<classes { square += slope[index] * slope[index] }
        biasSquares += square
        let biasStep = rate / biasSquares.squareRoot()
        for index in 0..<classes { bias[index] -= biasStep * slope[index] }
        update(buckets, words, slope, scale: wordScale, square: square * wordScale * wordScale, rate)
        update(
            buckets + words, characters, slope, scale: characterScale, square: square * characterScale * characterScale,
            rate)
        return loss
    }

    /// Turns logits into the slope of the cross-entropy, which is returned.
    private func softmaxSlope(_ post: Int, _ slope: UnsafeMutablePointer<Float>) -> Double {
        var largest = slope[0]
        for index in 1..<max(classes, 1) { largest = max(largest, slope[index]) }
        var sum: Float = 0
        var chosen: Float = 0
        for index in 0..<classes {
            chosen += targets[post * classes + index] * (slope[index] - largest)
            slope[index] = exp(slope[index] - largest)
            sum += slope[index]
        }
        let weight = weights[post]
        for index in 0..<classes {
            slope[index] = weight * (slope[index] / sum - targets[post * classes + index])
        }
        return Double(weight * (log(sum) - chosen))
    }

    private func logisticSlope(_ post: Int, _ slope: UnsafeMutablePointer<Float>) -> Double {
        var loss: Float = 0
        for index in 0..<classes {
            let logit = slope[index]
            let target = targets[post * classes + index]
            loss += max(logit, 0) - target * logit + log(1 + exp(-abs(logit)))
            slope[index] = 1 / (1 + exp(-logit)) - target
        }
        return Double(loss)
    }

    /// W_j ← (W_j − η_j · slope · scale) / (1 + η_j · penalty_j) with η_j = rate / √(Σ squares).
    @inline(__always)
    private func update(
        _ buckets: UnsafePointer<UInt32>, _ count: Int, _ slope: UnsafePointer<Float>, scale: Float, square: Float,
        _ rate: Float
    ) {
        let stride = table.stride
        let rows = UnsafeMutableRawPointer(table.rows)
        let slopes = UnsafeRawPointer(slope)
        for index in 0..<count {
            let bucket = Int(buckets[index])
            let state = states[bucket]
            let squares = state.x + square
            states[bucket].x = squares
            let step = rate / squares.squareRoot()
            let decay = 1 / (1 + step * state.y)
            let move = step * scale
            if stride == 4 {
                let row = rows + bucket &* 16
                let moved = row.load(as: SIMD4<Float>.self) - move * slopes.load(as: SIMD4<Float>.self)
                row.storeBytes(of: decay * moved, as: SIMD4<Float>.self)
            } else {
                let row = rows + bucket &* (4 &* stride)
                var column = 0
                while column < stride {
                    let offset = 4 &* column
                    let moved =
                        row.load(fromByteOffset: offset, as: SIMD8<Float>.self) - move
                        * slopes.load(fromByteOffset: offset, as: SIMD8<Float>.self)
                    row.storeBytes(of: decay * moved, toByteOffset: offset, as: SIMD8<Float>.self)
                    column += 8
                }
            }
        }
    }
}
