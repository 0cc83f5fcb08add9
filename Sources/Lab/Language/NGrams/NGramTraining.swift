public import LabNumerics

/// How a classifier over n-grams is fitted.
///
/// Minimised is the mean cross-entropy plus `l2` / 2 · Σ_j ‖W_j‖² / idf_j², where idf_j = ln((1 + n) / (1 + n_j)) + 1 for a
/// bucket that occurs in n_j of n posts: what common n-grams weigh is held smaller, as tf-idf values would do, without a
/// factor at reading time. The bias is free. Found by AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011) with one step size a
/// bucket and a rate that falls to 0; the penalty's step is taken implicitly and only where a post has the bucket, n / n_j
/// times as strong (Recht, Ré, Wright and Niu, "Hogwild!", NIPS 2011, equation 4), so an epoch costs the n-grams of its posts.
public struct NGramTraining: Hashable, Codable, Sendable {
    public var l2 = 1e-3
    public var epochs = 10
    /// The step size at the start; AdaGrad divides it by the root of the sum of squared gradients.
    public var rate = 0.5
    /// 0 counts each example once; 1 gives each class the same total weight; between, the power of that weight.
    public var balance = 0.0
    /// 1 for the penalty above, 0 for the same penalty on all n-grams.
    public var idfPower = 1.0

    public init() {}

    /// Fits a softmax over classes that exclude each other.
    ///
    /// - Parameters:
    ///   - labels: class of each post as a place in `classes`.
    ///   - stream: draws the order of posts, anew in each epoch.
    ///   - progress: called after each epoch with its number and the epoch's mean cross-entropy; may throw to stop.
    /// - Throws: `LanguageError.noExamples`, `.notFinite`, or what `progress` throws.
    public func fit(
        _ corpus: NGramCorpus, labels: [Int], classes: [String], stream: RandomStream,
        progress: (_ epoch: Int, _ loss: Double) throws -> Void = { _, _ in }
    ) throws -> NGramClassifier {
        guard labels.count == corpus.count, !labels.isEmpty, labels.allSatisfy(classes.indices.contains) else {
            throw LanguageError.noExamples(what: "with a class each to fit n-grams to")
        }
        var targets = [Float](repeating: 0, count: labels.count * classes.count)
        for (post, label) in labels.enumerated() { targets[post * classes.count + label] = 1 }
        let weights = ClassBalance.weights(labels, classes: classes.count, power: balance)
        return try fit(
            corpus, targets: targets, weights: labels.map { Float(weights[$0]) }, classes: classes,
            kind: .exclusive, stream: stream, progress: progress)
    }

    /// Fits one logistic regression for each class; a post may have any number of them.
    ///
    /// - Parameter labels: classes of each post as places in `classes`.
    /// - Throws: as `fit(_:labels:classes:stream:progress:)`.
    public func fit(
        _ corpus: NGramCorpus, labelSets labels: [[Int]], classes: [String], stream: RandomStream,
        progress: (_ epoch: Int, _ loss: Double) throws -> Void = { _, _ in }
    ) throws -> NGramClassifier {
        guard labels.count == corpus.count, !labels.isEmpty,
            labels.allSatisfy({ $0.allSatisfy(classes.indices.contains) })
        else { throw LanguageError.noExamples(what: "with classes to fit n-grams to") }
        var targets = [Float](repeating: 0, count: labels.count * classes.count)
        for (post, labels) in labels.enumerated() {
            for label in labels { targets[post * classes.count + label] = 1 }
        }
        return try fit(
            corpus, targets: targets, weights: [Float](repeating: 1, count: labels.count), classes: classes,
            kind: .independent, stream: stream, progress: progress)
    }

    private func fit(
        _ corpus: NGramCorpus, targets: [Float], weights: [Float], classes: [String], kind: NGramClassifier.Kind,
        stream: RandomStream, progress: (_ epoch: Int, _ loss: Double) throws -> Void
    ) throws -> NGramClassifier {
        let descent = NGramDescent(corpus, targets: targets, weights: weights, classes: classes.count, kind: kind, self)
        for epoch in 0..<max(1, epochs) {
            var draws = stream.child(epoch)
            let loss = descent.epoch(epoch, of: max(1, epochs), order: draws.permutation(corpus.count))
            guard loss.isFinite else { throw LanguageError.notFinite(what: "the training loss") }
            try progress(epoch + 1, loss)
        }
        return NGramClassifier(
            recipe: corpus.recipe, classes: classes, kind: kind, table: descent.table, bias: descent.bias)
    }
}
