import LabLanguage
import LabRuns

/// A published task that readers are compared on: its data, classes and measure.
public protocol TaskDefinition: Sendable {
    static var task: LanguageTask { get }
    static var summary: String { get }
    /// The datasets of the task's own training, validation and test texts.
    static var datasets: [String] { get }
    /// What trains best on a few thousand texts, and what on many.
    static var tuning: TuningSettings { get }
    /// Whether a weight a class, chosen on validation, decides: worth it where validation texts are many and classes are
    /// learned as if they were equally frequent.
    static var thresholds: Bool { get }
    /// The field of `lab-posts` that holds the class.
    static var smokeLabel: String { get }

    /// The texts of a split, `train`, `val` or `test`.
    static func texts(_ split: String, _ run: Run) throws -> SourcedTexts
}

/// TweetEval's emotion: anger, joy, optimism, sadness (SemEval-2018 task 1, its four frequent emotions).
public enum EmotionTask: TaskDefinition {
    public static let task = LanguageTask.emotion
    public static let summary =
        "Reads emotion from tweets (TweetEval), by n-grams, a frozen encoder, both, or a tuned one."
    public static let datasets = ["tweeteval"]
    public static let tuning = TuningSettings()
    public static let thresholds = false
    public static let smokeLabel = "emotion"

    public static func texts(_ split: String, _ run: Run) throws -> SourcedTexts {
        try .published(task, split, run)
    }
}

/// TweetEval's sentiment, trained on the tweets of SemEval-2013 to 2016 without any that is validated or tested on.
public enum SentimentTask: TaskDefinition {
    public static let task = LanguageTask.sentiment
    public static let summary =
        "Reads sentiment from tweets (SemEval-2017 4A), by n-grams, a frozen encoder, both, or a tuned one."
    public static let datasets = ["semeval2017-4a", "tweeteval", "umsab"]
    public static let thresholds = true
    public static let smokeLabel = "sentiment"
    public static let tuning: TuningSettings = {
        var settings = TuningSettings()
        settings.epochs = 2
        settings.batchSize = 32
        settings.balance = 1
        return settings
    }()

    public static func texts(_ split: String, _ run: Run) throws -> SourcedTexts {
        guard split == "train" else { return try .published(task, split, run) }
        return try .sentimentPool(run)
    }
}
