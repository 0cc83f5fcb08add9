import LabLanguage
import LabRuns

/// How an encoder is tuned for a task, as settings of an experiment: `FineTuning.Settings` without optional entries.
public struct TuningSettings: Codable, Sendable, Equatable {
    public enum Adapters: String, Codable, Sendable, CaseIterable {
        case none
        case queryAndValue
        case all
    }

    public var epochs = 3
    public var batchSize = 16
    public var learningRate = 1e-4
    public var layerDecay = 0.9
    public var warmUp = 0.1
    public var decay = FineTuning.Settings.Decay.linear
    public var weightDecay = 0.01
    public var clipping = 1.0
    public var pooling = TextPooling.mean
    public var dropout = 0.1
    public var labelSmoothing = 0.0
    public var balance = 0.5
    public var frozenEmbeddings = false
    public var frozenLayers = 0
    public var adapters = Adapters.none
    public var adapterRank = 8
    public var adapterAlpha = 16.0
    public var patience = 3
    public var averageDecay = 0.0
    public var limit = 128

    public init() {}

    static let documentation = [
        Setting("tuning.epochs", "Passes over the training texts.", unit: "epochs"),
        Setting("tuning.batchSize", "Texts of a step.", unit: "texts"),
        Setting("tuning.learningRate", "AdamW's rate of the head and the last block behind the warm-up."),
        Setting("tuning.layerDecay", "What the rate is multiplied by for each layer further down."),
        Setting("tuning.warmUp", "Share of all steps in which the rate rises from 0."),
        Setting("tuning.decay", "How the rate falls behind it: constant, linear or cosine."),
        Setting("tuning.weightDecay", "AdamW's decoupled decay of weights."),
        Setting("tuning.clipping", "The largest joint norm of the gradients; 0 for none."),
        Setting("tuning.pooling", "How tokens become a text's row: mean, cls or pooler."),
        Setting("tuning.dropout", "Probability of 0 of the row's numbers; inside the encoder its configuration says."),
        Setting("tuning.labelSmoothing", "Share of a target that is spread over all classes."),
        Setting("tuning.balance", "0 counts texts equally, 1 classes equally, between a power of the weight."),
        Setting("tuning.frozenEmbeddings", "Whether the tables of words, positions and types stay as they are."),
        Setting("tuning.frozenLayers", "How many of the lowest blocks stay as they are, with the embeddings."),
        Setting("tuning.adapters", "Low-rank adapters in place of the encoder's weights: none, queryAndValue or all."),
        Setting("tuning.adapterRank", "Rank of the adapters."),
        Setting("tuning.adapterAlpha", "The adapters' corrections are multiplied by this over the rank."),
        Setting("tuning.patience", "Epochs without gain on validation after which training ends; 0 never ends it."),
        Setting("tuning.averageDecay", "Share of the old in an exponential mean of weights; 0 takes no mean."),
        Setting("tuning.limit", "The most tokens of a text.", unit: "tokens"),
    ]

    func settings(_ labels: [Int], classes: Int, metric: FineTuning.Metric) -> FineTuning.Settings {
        var result = FineTuning.Settings()
        result.epochs = epochs
        result.batchSize = batchSize
        result.learningRate = Float(learningRate)
        result.layerDecay = Float(layerDecay)
        result.warmUp = warmUp
        result.decay = decay
        result.weightDecay = Float(weightDecay)
        result.clipping = Float(clipping)
        result.pooling = pooling
        result.headDropout = Float(dropout)
        result.labelSmoothing = Float(labelSmoothing)
        result.classWeights = ClassBalance.weights(labels, classes: classes, power: balance).map { Float($0) }
        result.frozenEmbeddings = frozenEmbeddings
        result.frozenLayers = frozenLayers
        if adapters != .none {
            result.adapters = LowRankAdapters(
                rank: adapterRank, alpha: Float(adapterAlpha), targets: adapters == .all ? .all : .queryAndValue)
        }
        result.patience = patience
        result.averageDecay = Float(averageDecay)
        result.metric = metric
        return result
    }
}
