public import LabNumerics

/// Trains a pretrained encoder and a linear head on it together, one step at a time.
///
/// Batches are packed, never padded; a training stopped at any step goes on bit for bit from its `state()`. Equal settings,
/// model, examples and stream give equal bits on one numeric profile.
///
/// ```swift
/// var training = try FineTuning(model, settings, labels: names, examples: train, validation: val, stream: stream)
/// while !training.isFinished {
///     if let report = try training.step() { … }
/// }
/// let classifier = training.classifier
/// ```
public struct FineTuning {
    public let settings: Settings
    public let labels: [String]
    let examples: Examples
    let validation: Examples?
    let weights: [Float]?
    var network: TunedNetwork
    var optimiser: GroupedAdam
    var tableOptimiser: TableAdam?
    var average: WeightAverage?
    var best: TunedWeights?
    var progress = Progress()
    private let batches: ExampleOrder
    private var order: (epoch: Int, places: [[Int]])?
    private let tape = Tape()

    /// How far the training is.
    struct Progress: Codable {
        var steps = 0
        /// Sum and number of losses since the last report.
        var loss = 0.0
        var losses = 0
        var bestStep = 0
        var bestValue: Double?
        var withoutGain = 0
    }

    /// What is said behind an epoch or a validation.
    public struct Report: Sendable, Equatable {
        public let step: Int
        /// Passes over the examples, with their fraction.
        public let epoch: Double
        /// The mean loss of the steps since the last report.
        public let loss: Double
        public let learningRate: Double
        /// The metric on the validation examples; `nil` without them.
        public let validation: Double?
        /// Whether it is the best so far.
        public let isBest: Bool
    }

    /// - Parameters:
    ///   - labels: the names of classes or labels.
    ///   - validation: what chooses the best state; without it the last one is given out.
    ///   - stream: its children draw the head, the order of examples and what is dropped.
    /// - Throws: `LanguageError.badRecipe`, `.noExamples`, `.missingClass` where classes are to be balanced and one has no
    ///   example, `.badTokeniser` for ids that the model cannot read, `.unsupportedModel` for a pooler that it has not.
    public init(
        _ model: TransformerModel, _ settings: Settings, labels: [String], examples: Examples, validation: Examples?,
        stream: RandomStream
    ) throws {
        guard !labels.isEmpty else { throw LanguageError.badRecipe("there is no label") }
        try settings.validate(for: model.shape, classes: labels.count)
        try examples.validate("to train on", for: model, labels: labels)
        try validation?.validate("to validate with", for: model, labels: labels)
        if let validation, validation.hasLabels != examples.hasLabels {
            throw LanguageError.badRecipe("training and validation examples have targets of different kinds")
        }
        if settings.pooling == .pooler { try model.requirePooler() }
        self.settings = settings
        self.labels = labels
        self.examples = examples
        self.validation = validation
        weights = try Self.classWeights(settings, examples, labels)
        network = TunedNetwork(model, labels: labels.count, settings: settings, stream: stream)
        optimiser = GroupedAdam(
            groups: network.groups, beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon)
        if network.trainsTable {
            tableOptimiser = TableAdam(
                rows: model.shape.vocabulary, columns: model.shape.width, group: network.tableGroup,
                beta1: settings.beta1, beta2: settings.beta2, epsilon: settings.epsilon)
        }
        batches = ExampleOrder(
            lengths: examples.ids.map(\.count), size: settings.batchSize, window: settings.sortWindow,
            stream: stream.child("order"))
        if settings.averageDecay > 0 { average = WeightAverage(network, decay: settings.averageDecay) }
    }

    public var stepsTaken: Int { progress.steps }
    /// After how many steps the state was best in validation; 0 where nothing was validated yet.
    public var bestStep: Int { progress.bestStep }
    public var stepsPerEpoch: Int { batches.count }
    public var totalSteps: Int { settings.epochs * batches.count }

    /// Whether all steps were taken, or validation brought no gain for too long.
    public var isFinished: Bool {
        progress.steps >= totalSteps
            || (settings.patience > 0 && progress.withoutGain >= settings.patience)
    }

    /// One gradient step; a report behind an epoch or where a validation is due.
    ///
    /// - Throws: `LanguageError.notFinite` where the loss is no number.
    public mutating func step() throws -> Report? {
        let batch = nextBatch()
        let rate = settings.rate(after: progress.steps, of: totalSteps)
        let loss = update(batch, rate: rate)
        progress.steps += 1
        guard loss.isFinite else { throw LanguageError.notFinite(what: "the loss of step \(progress.steps)") }
        progress.loss += Double(loss)
        progress.losses += 1
        if progress.steps % settings.averageInterval == 0 {
            bringTableUpToDate(if: average != nil)
            average?.update(network)
        }
        guard isReportDue else { return nil }
        return try report(rate)
    }

    private var isReportDue: Bool {
        let interval = settings.validationInterval > 0 ? settings.validationInterval : stepsPerEpoch
        return progress.steps % interval == 0 || progress.steps == totalSteps
    }

    private mutating func nextBatch() -> [Int] {
        let (epoch, place) = (progress.steps / batches.count, progress.steps % batches.count)
        if order?.epoch != epoch { order = (epoch, batches.places(epoch: epoch)) }
        return order?.places[place] ?? []
    }

    /// Forward, backward and the optimisers; gives the loss.
    mutating func update(_ batch: [Int], rate: Float) -> Float {
        let ids = batch.map { examples.ids[$0] }
        let rows = tableOptimiser == nil ? [] : Set(ids.joined().map { Int($0) }).sorted()
        tableOptimiser?.bringUpToDate(&network.table.parameters[0], rows: rows)
        tape.reset()
        let recorded = network.record(ids, step: progress.steps, on: tape)
        let loss = self.loss(recorded.logits, batch, on: tape)
        let value = tape.scalar(loss)
        tape.backward(from: loss)
        let words = recorded.words.map { tape.gradient(of: $0.values) }
        let factor = clippingFactor(words)
        optimiser.step(&network.trained.parameters, learningRate: rate, factor: factor)
        if let words {
            tableOptimiser?.step(
                &network.table.parameters[0], rows: rows, gradient: words, learningRate: rate, factor: factor)
        }
        return value
    }

    private func clippingFactor(_ words: Matrix?) -> Float {
        guard settings.clipping > 0 else { return 1 }
        return min(1, settings.clipping / (gradientNorm(words) + 1e-6))
    }

    /// The joint norm of the gradients that the last backward pass left.
    func gradientNorm(_ words: Matrix?) -> Float {
        let others = GroupedAdam.gradientNorm(network.trained.parameters)
        let squares = words?.elements.reduce(Float(0)) { $0 + $1 * $1 } ?? 0
        return (others * others + squares).squareRoot()
    }

    mutating func bringTableUpToDate(if isNeeded: Bool = true) {
        if isNeeded { tableOptimiser?.bringUpToDate(&network.table.parameters[0]) }
    }
}
