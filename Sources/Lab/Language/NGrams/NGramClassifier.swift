import Foundation
public import LabNumerics

/// A linear classifier of posts over hashed n-grams of words and characters.
///
/// logits = b + Σ over words' buckets W / √n_words + Σ over characters' buckets W / √n_characters: every n-gram counts as
/// often as it occurs, and each of the two kinds is scaled by the number of its n-grams, so that long posts do not outweigh
/// short ones.
public struct NGramClassifier: Sendable {
    /// How classes exclude each other.
    public enum Kind: String, Codable, Sendable {
        /// One class a post: softmax.
        case exclusive
        /// Any number of classes a post: one logistic regression a class.
        case independent
    }

    public let recipe: NGramRecipe
    /// Names in the order of the logits.
    public let classes: [String]
    public let kind: Kind
    /// Divides the logits; fitted on posts that the weights were not fitted to.
    public var temperature: Double
    let table: BucketTable
    /// [classes]
    let bias: [Float]

    init(
        recipe: NGramRecipe, classes: [String], kind: Kind, table: BucketTable, bias: [Float], temperature: Double = 1
    ) {
        self.recipe = recipe
        self.classes = classes
        self.kind = kind
        self.table = table
        self.bias = bias
        self.temperature = temperature
    }

    /// Logits before calibration, [texts, classes]. A text without n-grams gets the bias: what is usual.
    public func logits(_ texts: [String]) throws -> Matrix {
        var result = Matrix(rows: texts.count, columns: classes.count)
        let scanner = try NGramScanner(recipe)
        let scratch = Scratch(stride: table.stride)
        result.elements.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            for (row, text) in texts.enumerated() {
                scanner.scan(text)
                score(
                    scanner.buckets, words: scanner.wordCount, characters: scanner.characterCount, scratch,
                    to: target + row * classes.count)
            }
        }
        return result
    }

    /// The logits of buckets that are known already, such as those of a corpus.
    public func logits(_ corpus: NGramCorpus) -> Matrix {
        precondition(corpus.recipe == recipe, "the corpus was cut by another recipe")
        var result = Matrix(rows: corpus.count, columns: classes.count)
        let scratch = Scratch(stride: table.stride)
        result.elements.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            for row in 0..<corpus.count {
                corpus.withPost(row) { buckets, words, characters in
                    score(buckets, words: words, characters: characters, scratch, to: target + row * classes.count)
                }
            }
        }
        return result
    }

    /// Probabilities of logits, divided by the temperature: of an exclusive kind each row adds up to 1.
    public func probabilities(logits: Matrix) -> Matrix {
        var result = logits
        let scale = Float(1 / temperature)
        for row in 0..<result.rows {
            let range = row * result.columns..<(row + 1) * result.columns
            switch kind {
            case .independent:
                for index in range { result.elements[index] = 1 / (1 + exp(-result.elements[index] * scale)) }
            case .exclusive:
                let largest = result.elements[range].max() ?? 0
                var sum: Float = 0
                for index in range {
                    result.elements[index] = exp((result.elements[index] - largest) * scale)
                    sum += result.elements[index]
                }
                for index in range { result.elements[index] /= sum }
            }
        }
        return result
    }

    /// Calibrated probabilities, [texts, classes].
    public func probabilities(_ texts: [String]) throws -> Matrix { probabilities(logits: try logits(texts)) }

    /// The most probable class of each text, as a place in `classes`.
    public func predict(_ texts: [String]) throws -> [Int] { try logits(texts).argmaxOfRows }

    @inline(__always)
    private func score(
        _ buckets: UnsafePointer<UInt32>, words: Int, characters: Int, _ scratch: Scratch,
        to target: UnsafeMutablePointer<Float>
    ) {
        table.sum(buckets, words, to: scratch.words)
        table.sum(buckets + words, characters, to: scratch.characters)
        let wordScale = 1 / Float(max(words, 1)).squareRoot()
        let characterScale = 1 / Float(max(characters, 1)).squareRoot()
        for index in 0..<classes.count {
            target[index] =
                bias[index] + scratch.words[index] * wordScale + scratch.characters[index] * characterScale
        }
    }

    /// Two rows of memory.
    final class Scratch {
        let words: UnsafeMutablePointer<Float>
        var characters: UnsafeMutablePointer<Float> { words + stride }
        private let stride: Int

        init(stride: Int) {
            self.stride = stride
            words = UnsafeMutableRawPointer.allocate(byteCount: 8 * stride, alignment: 64)
                .bindMemory(to: Float.self, capacity: 2 * stride)
            words.initialize(repeating: 0, count: 2 * stride)
        }

        deinit { UnsafeMutableRawPointer(words).deallocate() }
    }
}
