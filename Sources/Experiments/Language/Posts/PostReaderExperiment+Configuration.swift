import Foundation
import LabDomain
import LabLanguage
import LabNumerics
import LabRuns
import LabStatistics
import LabStorage
import LabStreams
import LabWorkbench

extension PostReaderExperiment {
    /// What a reader is made of.
    public enum Variant: String, Codable, Sendable, CaseIterable {
        case ngrams
        case ngramsAndLexicon = "ngrams+lexicon"
        /// The better of those two with a linear model over a pretrained encoder, fused late.
        case fusion
    }

    public struct Configuration: ExperimentConfiguration {
        public var published = Variant.fusion
        public var lexicon = true
        public var thresholds = SentimentThresholds()
        public var features = FeatureRecipe()
        public var training = LinearTraining()
        public var l2 = [5e-5, 1e-4, 2e-4]
        public var encoder = "minilm-l6"
        public var layers = [3, 4, 5, 6]
        public var frozenL2 = [0.03, 0.1, 0.3, 1]
        public var dataset = ""
        public var showTexts = true

        public init() {
            training.balance = 0.5
            training.minimumExamples = 2
            training.tolerance = 1e-4
        }

        public static let settings = [
            Setting(
                "published",
                "Which reader goes into the artifacts: ngrams, ngrams+lexicon or fusion; the others are reported."),
            Setting(
                "lexicon", "Whether the VADER lexicon is used, as baseline and as features; without it, ngrams only."),
            Setting("thresholds.neutral", "Mean ratings nearer to 0 than this count as neutral, on the scale -4 to 4."),
            Setting("features.wordGrams", "Longest word n-gram; 0 leaves words out.", unit: "words"),
            Setting("features.shortestCharacterGram", "Shortest character n-gram.", unit: "characters"),
            Setting(
                "features.longestCharacterGram", "Longest character n-gram; 0 leaves them out.", unit: "characters"),
            Setting("features.bits", "Hashed columns: 2 to this power.", unit: "bits"),
            Setting("features.lexicon", "Set by the variant; a value given here is not used."),
            Setting("training.l2", "Set from the list l2; a value given here is not used."),
            Setting("training.minimumExamples", "Columns in fewer training posts get no weight.", unit: "posts"),
            Setting("training.balance", "0 counts posts equally, 1 classes equally, between a power of the weight."),
            Setting("training.maximumSteps", "Most steps of L-BFGS.", unit: "steps"),
            Setting("training.tolerance", "Largest component of the gradient at which training stops."),
            Setting("l2", "Penalties to try; the calibration split chooses one."),
            Setting("encoder", "Of fusion: a dataset or a folder with an encoder's files; empty leaves fusion out."),
            Setting(
                "layers",
                "Of fusion: the encoder's layers that are read; without effect for use-m3, which has one vector a text."
            ),
            Setting("frozenL2", "Of fusion: penalties to try; the calibration split chooses one."),
            Setting("dataset", "For evaluation only: a dataset to judge on instead of the test split; empty for that."),
            Setting(
                "showTexts",
                "Whether the table of the worst errors shows texts; those that were ingested sealed it never shows."),
        ]

        public func validate() throws {
            try features.validate()
            guard !l2.isEmpty, l2.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw RunsError.invalidSetting(key: "l2", value: "\(l2)", requirement: "must be positive numbers")
            }
            try require(
                !frozenL2.isEmpty && frozenL2.allSatisfy { $0 > 0 && $0.isFinite }, "frozenL2", frozenL2,
                "positive numbers")
            try require(!layers.isEmpty && layers.allSatisfy { $0 >= 0 }, "layers", layers, "numbers from 0 on")
            try require(
                published != .fusion || !encoder.isEmpty, "published", published.rawValue,
                "another where no encoder is named")
            guard thresholds.neutral > 0, thresholds.neutral < 4 else {
                throw RunsError.invalidSetting(
                    key: "thresholds.neutral", value: "\(thresholds.neutral)", requirement: "must lie between 0 and 4")
            }
        }
    }

    /// Without the lexicon, which is no part of the project, and on posts that no real person wrote.
    public static let smoke: Configuration = {
        var configuration = Configuration()
        configuration.lexicon = false
        configuration.published = .ngrams
        configuration.encoder = ""
        configuration.features.bits = 12
        configuration.l2 = [1e-4]
        return configuration
    }()

    /// A trained reader with what the calibration split says of it.
    struct Candidate {
        let variant: Variant
        let l2: Double
        let reader: TextReader
        /// What it says of every post before calibration, [posts, classes].
        let logits: Matrix
        /// The share of the encoder in it.
        var encoderShare = 0.0
        /// Mean cross-entropy on the calibration split after calibration, in nats.
        let loss: Double
    }
}
