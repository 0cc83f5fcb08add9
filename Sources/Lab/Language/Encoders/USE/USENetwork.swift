import LabNumerics

/// The Universal Sentence Encoder multilingual v3 over packed tokens: words averaged with what convolutions see around them, then
/// a small network of residual layers.
///
/// Source: Yang et al., arXiv 1907.04307, section 2 (the convolutional encoder); shapes as in the weights.
final class USENetwork: Sendable {
    private let weights: USEWeights
    private let pool = WorkspacePool()

    init(_ weights: USEWeights) { self.weights = weights }

    /// Unit vectors [texts, 512] of texts' ids, each at least one; those outside the vocabulary are read as unknown.
    func embed(_ ids: [[Int32]], budget: Int, threads: Int) -> Matrix {
        let (columns, width) = (weights.gain.columns, USEWeights.width)
        var sums = Matrix(rows: ids.count, columns: columns)
        var result = Matrix(rows: ids.count, columns: width)
        let batches = TokenBatches(lengths: ids.map(\.count), budget: budget).batches
        // The end is a matter of texts rather than tokens: in groups of its own, so that weights are read less often.
        let groups = stride(from: 0, to: ids.count, by: 128).map { $0..<min($0 + 128, ids.count) }
        sums.elements.withUnsafeMutableBufferPointer { sums in
            result.elements.withUnsafeMutableBufferPointer { result in
                guard let sums = sums.baseAddress, let result = result.baseAddress else { return }
                // Each batch and each group writes rows of its own.
                nonisolated(unsafe) let total = sums
                nonisolated(unsafe) let target = result
                pool.run(batches.count, threads: threads) { number, workspace in
                    sum(ids[batches[number]], total + batches[number].lowerBound * columns, workspace)
                }
                pool.run(groups.count, threads: threads) { number, workspace in
                    let texts = groups[number]
                    finish(
                        total + texts.lowerBound * columns, lengths: ids[texts].map(\.count),
                        target + texts.lowerBound * width, workspace)
                }
            }
        }
        return result
    }

    /// The sums over each text's tokens of the normalised features, [texts, 1280].
    private func sum(_ texts: ArraySlice<[Int32]>, _ out: UnsafeMutablePointer<Float>, _ workspace: Workspace) {
        let (width, branch, columns) = (USEWeights.width, USEWeights.branchWidth, weights.gain.columns)
        let tokens = texts.reduce(0) { $0 + $1.count }
        let words = workspace.memory(0, count: tokens * width)
        let read = workspace.memory(1, count: tokens * 3 * branch)
        let features = workspace.memory(2, count: tokens * columns)
        decode(texts, words, features)
        weights.projection.multiply(count: tokens, input: words, output: read)
        LayerNormKernel.normalise(
            read, bias: weights.projectionBias.elements, residual: nil, gain: weights.branchGain.elements,
            shift: weights.branchShift.elements, epsilon: weights.epsilon, rows: tokens, columns: 3 * branch)
        for (number, layer) in weights.branches.enumerated() {
            convolve(
                texts, layer, read + number * branch, features + width + number * branch, tokens: tokens, workspace)
        }
        LayerNormKernel.normalise(
            features, bias: nil, residual: nil, gain: weights.gain.elements, shift: weights.shift.elements,
            epsilon: weights.epsilon, rows: tokens, columns: columns)
        var (row, target) = (UnsafePointer(features), out)
        for text in texts {
            Elementwise.sumRows(row, target, rows: text.count, columns: columns)
            row += text.count * columns
            target += columns
        }
    }

    /// The words' numbers, densely and as the first 512 of each token's features.
    private func decode(
        _ texts: ArraySlice<[Int32]>, _ words: UnsafeMutablePointer<Float>, _ features: UnsafeMutablePointer<Float>
    ) {
        let width = USEWeights.width
        var (word, feature) = (words, features)
        for text in texts {
            for id in text {
                let known = 0..<USEWeights.vocabulary ~= Int(id) ? Int(id) : 0
                let (row, chunk) = known.quotientAndRemainder(dividingBy: USEWeights.chunks)
                let codes = weights.codes[chunk].bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                if let codes {
                    Elementwise.decode(
                        codes + row * width, scale: weights.scales[chunk], low: weights.lows[chunk], word, width)
                }
                feature.update(from: word, count: width)
                word += width
                feature += weights.gain.columns
            }
        }
    }

    /// Two convolutions of one branch; `x` has rows 768 apart, `out` rows 1280 apart.
    private func convolve(
        _ texts: ArraySlice<[Int32]>, _ layer: USEWeights.Branch, _ x: UnsafePointer<Float>,
        _ out: UnsafeMutablePointer<Float>, tokens: Int, _ workspace: Workspace
    ) {
        let branch = USEWeights.branchWidth
        let windows = workspace.memory(3, count: tokens * layer.order * branch)
        let middle = workspace.memory(4, count: tokens * branch)
        let last = workspace.memory(5, count: tokens * branch)
        gather(texts, layer, x, stride: 3 * branch, windows)
        layer.first.multiply(count: tokens, input: windows, output: middle)
        Elementwise.addRectified(
            middle, bias: layer.firstBias.elements, residual: x, residualStride: 3 * branch, middle, outStride: branch,
            rows: tokens, columns: branch)
        gather(texts, layer, middle, stride: branch, windows)
        layer.second.multiply(count: tokens, input: windows, output: last)
        Elementwise.addRectified(
            last, bias: layer.secondBias.elements, residual: middle, residualStride: branch, out,
            outStride: weights.gain.columns, rows: tokens, columns: branch)
    }

    /// The window around each token, [tokens, order · 256]; beyond a text's ends there are zeros.
    private func gather(
        _ texts: ArraySlice<[Int32]>, _ layer: USEWeights.Branch, _ x: UnsafePointer<Float>, stride: Int,
        _ out: UnsafeMutablePointer<Float>
    ) {
        let branch = USEWeights.branchWidth
        var (start, target) = (x, out)
        for text in texts {
            for token in text.indices {
                for offset in 0..<layer.order {
                    let place = token + offset - layer.left
                    if text.indices ~= place {
                        target.update(from: start + place * stride, count: branch)
                    } else {
                        target.update(repeating: 0, count: branch)
                    }
                    target += branch
                }
            }
            start += text.count * stride
        }
    }

    /// From sums over tokens to unit vectors.
    private func finish(
        _ sums: UnsafePointer<Float>, lengths: [Int], _ out: UnsafeMutablePointer<Float>, _ workspace: Workspace
    ) {
        let (rows, width) = (lengths.count, USEWeights.width)
        let inner = weights.dense[0].columns
        let mean = workspace.memory(0, count: rows * width)
        let first = workspace.memory(1, count: rows * inner)
        let second = workspace.memory(2, count: rows * inner)
        let third = workspace.memory(3, count: rows * width)
        weights.output.multiply(count: rows, input: sums, output: mean)
        for (row, length) in lengths.enumerated() {
            let (line, root) = (mean + row * width, Float(length).squareRoot())
            // (sum + length · bias) / √length: the projection of a sum is the sum of projections.
            for column in 0..<width { line[column] = line[column] / root + root * weights.outputBias.elements[column] }
        }
        weights.dense[0].multiply(count: rows, input: mean, output: first)
        Elementwise.relu(first, first, rows * inner)
        weights.shortcuts[0].multiply(count: rows, input: mean, output: second)
        weights.dense[1].multiply(count: rows, input: first, output: second, adding: true)
        Elementwise.relu(second, second, rows * inner)
        weights.dense[2].multiply(count: rows, input: second, output: third)
        Elementwise.relu(third, third, rows * width)
        weights.shortcuts[1].multiply(count: rows, input: second, output: out)
        weights.dense[3].multiply(count: rows, input: third, output: out, adding: true)
        Elementwise.tanh(out, out, rows * width)
        Elementwise.normaliseRows(out, rows: rows, columns: width, least: weights.epsilon)
    }
}
