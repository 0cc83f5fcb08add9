import LabLanguage
import LabRuns

/// Which parts a reader has.
public enum ReaderRecipe: String, Codable, Sendable, CaseIterable {
    case ngrams
    case frozen
    /// n-grams and the frozen encoder, fused late.
    case fusion
    case finetuned
    /// The tuned encoder, the frozen one and n-grams, fused late.
    case ensemble

    var parts: [ReadingPartKind] {
        switch self {
        case .ngrams: [.ngrams]
        case .frozen: [.frozen]
        case .fusion: [.ngrams, .frozen]
        case .finetuned: [.tuned]
        case .ensemble: [.ngrams, .frozen, .tuned]
        }
    }

    var needsEncoder: Bool { self != .ngrams }

    /// The recipes whose parts are among this one's, and not all of them.
    var contained: [ReaderRecipe] {
        ReaderRecipe.allCases.filter { $0 != self && $0.parts.allSatisfy(parts.contains) }
    }
}

/// The settings of a language task.
public struct TaskConfiguration<Task: TaskDefinition>: ExperimentConfiguration {
    public var recipe = ReaderRecipe.finetuned
    public var data = ""
    public var split = "test"
    public var label = "label"
    /// Optional, so that configurations of before there were segments keep their meaning and their digests.
    public var segment: String?
    public var encoder = "minilm-l6"
    public var preparation = TextPreparation.Kind.encoder
    public var ngrams = NGramRecipe()
    public var ngramTraining = NGramTraining()
    public var ngramL2 = [5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05]
    public var layers = [3, 4, 5, 6]
    public var frozenTraining = DenseTraining()
    public var frozenL2 = [0.003, 0.01, 0.03, 0.1, 0.3, 1]
    public var tuning = Task.tuning
    public var thresholds = Task.thresholds
    public var languages = true
    public var showTexts = true
    public var resamples = 2_000

    public init() {
        // The measures count classes, not texts.
        ngramTraining.balance = 1
        frozenTraining.balance = 1
    }

    public static var settings: [Setting] {
        [
            Setting(
                "recipe",
                "ngrams, frozen (a linear model over a pretrained encoder), fusion (both), finetuned, or ensemble (all)."
            ),
            Setting(
                "data",
                "Texts of your own: a folder with <split>_text.txt, <split>_labels.txt and mapping.txt, or a CSV, TSV or "
                    + "JSONL file with a text and a class a row, of which three fifths train, one chooses and one "
                    + "judges; empty takes the task's."),
            Setting("split", "The part that judges: test, or another that the data has."),
            Setting("label", "Of a file: the column or key of the class."),
            Setting(
                "segment",
                "Of a file: the column or key of a group, such as a platform, by which errors are shown too; empty for "
                    + "none. A folder has <split>_segments.txt, a segment a line."),
            Setting(
                "encoder",
                "A dataset with an encoder's files (minilm-l6, or for frozen and fusion use-m3 in 16 languages), or a "
                    + "folder that Hugging Face's transformers saved."),
            Setting("preparation", "How texts are written for the encoder: encoder (emoji as words …) or none."),
            Setting("ngrams.bits", "Hashed n-grams: 2 to this power.", unit: "bits"),
            Setting("ngrams.longestWords", "Longest run of words; 0 leaves words out.", unit: "words"),
            Setting("ngrams.shortestCharacters", "Shortest run of characters.", unit: "characters"),
            Setting("ngrams.longestCharacters", "Longest run of characters; 0 leaves them out.", unit: "characters"),
            Setting("ngrams.withinWords", "Whether runs of characters end at spaces."),
            Setting("ngramTraining.l2", "Set from the list ngramL2; a value given here is not used."),
            Setting("ngramTraining.epochs", "Passes over the training texts.", unit: "epochs"),
            Setting("ngramTraining.rate", "AdaGrad's step size at the start."),
            Setting(
                "ngramTraining.balance", "0 counts texts equally, 1 classes equally, between a power of the weight."),
            Setting("ngramTraining.idfPower", "1 holds common n-grams smaller, 0 penalises all alike."),
            Setting("ngramL2", "Penalties to try; validation chooses one."),
            Setting(
                "layers",
                "Layers of the frozen encoder that are read: 0 before the first block, then each block; without effect "
                    + "for use-m3, which has one vector a text."),
            Setting("frozenTraining.l2", "Set from the list frozenL2; a value given here is not used."),
            Setting(
                "frozenTraining.balance", "0 counts texts equally, 1 classes equally, between a power of the weight."),
            Setting("frozenTraining.standardises", "Whether columns are brought to mean 0 and deviation 1 first."),
            Setting("frozenTraining.maximumSteps", "Most steps of L-BFGS.", unit: "steps"),
            Setting("frozenTraining.tolerance", "Largest component of the gradient at which training stops."),
            Setting("frozenL2", "Penalties to try; validation chooses one."),
        ] + TuningSettings.documentation + [
            Setting(
                "thresholds", "Whether a weight a class, chosen on validation, decides; else the most probable class."),
            Setting("languages", "Whether errors are also shown by the language that is found in each text."),
            Setting("showTexts", "Whether tables of errors show texts."),
            Setting("resamples", "Bootstrap resamples for intervals.", unit: "resamples"),
        ]
    }

    public func validate() throws {
        try require(!layers.isEmpty && layers.allSatisfy { $0 >= 0 }, "layers", layers, "numbers from 0 on")
        for (key, list) in [("ngramL2", ngramL2), ("frozenL2", frozenL2)] {
            try require(!list.isEmpty && list.allSatisfy { $0 > 0 && $0.isFinite }, key, list, "positive numbers")
        }
        try require(resamples >= 20, "resamples", resamples, "at least 20")
        try require(tuning.epochs >= 1, "tuning.epochs", tuning.epochs, "at least 1")
        try require(tuning.batchSize >= 1, "tuning.batchSize", tuning.batchSize, "at least 1")
        try require(tuning.limit >= 8, "tuning.limit", tuning.limit, "at least 8")
    }

    /// The column of segments, where one is named.
    var segmentColumn: String? { segment.flatMap { $0.isEmpty ? nil : $0 } }

    /// The names in the catalogue that this reads.
    var datasets: [String] {
        var names = data.isEmpty ? Task.datasets : data == "lab-posts" ? [data] : []
        if recipe.needsEncoder {
            if !encoder.contains("/") { names.append(encoder) }
            if preparation == .encoder { names.append("emoji-names") }
        }
        if languages { names.append("langid-176") }
        return names
    }
}
