import RealModule

extension FineTuning {
    /// How an encoder and its head are trained; the defaults suit MiniLM-L6 on a few thousand posts.
    public struct Settings: Sendable, Equatable, Codable {
        /// How the learning rate falls behind the warm-up.
        public enum Decay: String, Sendable, Codable, CaseIterable {
            case constant
            /// To 0 along a line.
            case linear
            /// To 0 along half a cosine.
            case cosine
        }

        /// Passes over the training examples.
        public var epochs = 6
        /// Examples of a step.
        public var batchSize = 32
        /// The head's rate behind the warm-up.
        public var learningRate: Float = 1e-4
        /// What the rate of a layer is multiplied by for each layer above it: block i of n moves with layerDecay^(n − i), the
        /// embeddings with layerDecay^(n + 1). Source: Howard and Ruder, arXiv 1801.06146, section 3.2.
        public var layerDecay: Float = 0.9
        /// The share of all steps in which the rate rises from 0.
        public var warmUp = 0.1
        public var decay = Decay.linear
        /// AdamW's decoupled decay of weights; biases and normalisations have none.
        public var weightDecay: Float = 0.01
        public var beta1: Float = 0.9
        public var beta2: Float = 0.999
        public var epsilon: Float = 1e-8
        /// The largest joint norm of the gradients; 0 for none.
        public var clipping: Float = 1

        /// How tokens become the row that the head reads.
        public var pooling = TextPooling.mean
        /// The probability of 0 of that row's numbers.
        public var headDropout: Float = 0.1
        /// Of embeddings, attention's and feed-forward output; `nil` as the model's configuration says.
        public var hiddenDropout: Float?
        /// Of attention's probabilities; `nil` as the model's configuration says.
        public var attentionDropout: Float?

        /// The share of a target that is spread over all classes. Source: Szegedy et al., arXiv 1512.00567, section 7.
        public var labelSmoothing: Float = 0
        /// Whether each class counts the same: weights n / (classes · n of the class).
        public var balancesClasses = false
        /// A weight for each class, instead of `balancesClasses`.
        public var classWeights: [Float]?

        /// Whether the tables of words, positions and types stay as they are.
        public var frozenEmbeddings = false
        /// How many of the lowest blocks stay as they are, and the embeddings with them. They are computed without dropout and
        /// without a way back.
        public var frozenLayers = 0
        /// Low-rank adapters in place of the encoder's own parameters; `nil` for none.
        public var adapters: LowRankAdapters?

        /// Batches in whose midst examples are sorted by length; 1 takes them as they were drawn. Packed batches gain nothing
        /// from equal lengths, and unsorted ones are alike in their number of tokens.
        public var sortWindow = 1
        /// Steps between two validations; 0 validates behind each epoch.
        public var validationInterval = 0
        /// What tells the best state.
        public var metric = Metric.macroF1
        /// How many validations in a row may bring no gain before training ends; 0 never ends it.
        public var patience = 3
        /// The share of the old mean that an exponential mean of weights keeps in each update; 0 takes no mean. With one, the mean
        /// is what is validated and given out.
        public var averageDecay: Float = 0
        /// Steps between two updates of that mean.
        public var averageInterval = 8

        public init() {}

        /// The rate of the step after `step` steps of `total`.
        func rate(after step: Int, of total: Int) -> Float {
            let rising = Int((warmUp * Double(total)).rounded())
            if step < rising { return learningRate * Float(Double(step + 1) / Double(rising + 1)) }
            let share = Double(step - rising) / Double(max(total - rising, 1))
            switch decay {
            case .constant: return learningRate
            case .linear: return learningRate * Float(1 - share)
            case .cosine: return learningRate * Float(0.5 * (1 + Double.cos(Double.pi * share)))
            }
        }
    }
}

extension FineTuning.Settings {
    /// Whether every number has a meaning for this model and this number of classes.
    ///
    /// - Throws: `LanguageError.badRecipe`.
    func validate(for shape: TransformerShape, classes: Int) throws {
        func require(_ holds: Bool, _ reason: String) throws {
            if !holds { throw LanguageError.badRecipe(reason) }
        }
        try require(epochs >= 1 && batchSize >= 1, "epochs and batchSize are at least 1")
        try require(learningRate > 0 && learningRate.isFinite, "learningRate is positive")
        try require(layerDecay > 0 && layerDecay <= 1, "layerDecay is in (0, 1]")
        try require((0...1).contains(warmUp), "warmUp is a share in [0, 1]")
        try require(weightDecay >= 0 && epsilon > 0 && clipping >= 0, "decay, epsilon and clipping are not negative")
        try require((0..<1).contains(beta1) && (0..<1).contains(beta2), "beta1 and beta2 are in 0 ..< 1")
        for probability in [headDropout, hiddenDropout, attentionDropout].compactMap({ $0 }) {
            try require((0..<1).contains(probability), "a probability of dropout is in 0 ..< 1")
        }
        try require((0..<1).contains(labelSmoothing), "labelSmoothing is in 0 ..< 1")
        try require(
            classWeights.map { $0.count == classes && $0.allSatisfy { $0 >= 0 && $0.isFinite } } ?? true,
            "classWeights has one number that is not negative for each of \(classes) classes")
        try require((0...shape.depth).contains(frozenLayers), "frozenLayers is in 0 ... \(shape.depth)")
        try require(adapters.map { $0.rank >= 1 && $0.alpha > 0 } ?? true, "adapters have a rank and alpha above 0")
        try require(sortWindow >= 1 && validationInterval >= 0 && patience >= 0, "intervals are not negative")
        try require((0..<1).contains(averageDecay) && averageInterval >= 1, "averageDecay is in 0 ..< 1")
    }
}
