import LabNumerics

/// The trained numbers of a network at one time.
struct TunedWeights: Sendable {
    var trained: ParameterList
    var table: ParameterList

    init(_ network: TunedNetwork) {
        trained = network.trained
        // Where it is not trained it is the model's, and need not be kept.
        table = network.trainsTable ? network.table : ParameterList()
    }
}

/// An exponential mean of a network's trained numbers.
struct WeightAverage: Sendable {
    var trained: MovingAverage<ParameterList>
    var table: MovingAverage<ParameterList>

    init(_ network: TunedNetwork, decay: Float) {
        let weights = TunedWeights(network)
        trained = MovingAverage(of: weights.trained, decay: decay)
        table = MovingAverage(of: weights.table, decay: decay)
    }

    /// Takes the present numbers in; the table must be up to date.
    mutating func update(_ network: TunedNetwork) {
        let weights = TunedWeights(network)
        trained.update(with: weights.trained)
        table.update(with: weights.table)
    }
}

extension FineTuning {
    /// The network with other numbers in the place of its trained ones.
    private func network(with trained: ParameterList, _ table: ParameterList) -> TunedNetwork {
        var other = network
        other.trained = trained
        if network.trainsTable { other.table = table }
        return other
    }

    private func classifier(of network: TunedNetwork) -> FineTunedClassifier {
        FineTunedClassifier(
            encoder: network.model, head: network.headLayer, pooling: settings.pooling, labels: labels,
            isMultiLabel: examples.hasLabels)
    }

    /// The network as it is now, or the mean of its weights where one is taken. The table must be up to date.
    private var present: TunedNetwork {
        guard let average, average.trained.updates > 0 else { return network }
        return self.network(with: average.trained.network, average.table.network)
    }

    /// What was learned: the state that was best in validation, or the present one where nothing was validated yet.
    public var classifier: FineTunedClassifier {
        if let best { return classifier(of: network(with: best.trained, best.table)) }
        var copy = self
        copy.bringTableUpToDate()
        return copy.classifier(of: copy.present)
    }

    /// Validates, keeps the best state, and says how it went.
    mutating func report(_ rate: Float) throws -> Report {
        bringTableUpToDate()
        var value: Double?
        var isBest = false
        if let validation {
            let measured = try settings.metric.value(
                classifier(of: present).logits(validation.ids), validation.targets)
            value = measured
            isBest = progress.bestValue.map { measured > $0 } ?? true
            if isBest {
                (progress.bestValue, progress.bestStep, progress.withoutGain) = (measured, progress.steps, 0)
                best = TunedWeights(present)
            } else {
                progress.withoutGain += 1
            }
        }
        defer { (progress.loss, progress.losses) = (0, 0) }
        return Report(
            step: progress.steps, epoch: Double(progress.steps) / Double(stepsPerEpoch),
            loss: progress.loss / Double(max(progress.losses, 1)), learningRate: Double(rate), validation: value,
            isBest: isBest)
    }
}
