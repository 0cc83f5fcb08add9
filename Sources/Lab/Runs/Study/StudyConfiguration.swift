/// What a study repeats: which seeds, which variants, and how it summarises them.
public struct StudyConfiguration: ExperimentConfiguration {
    public var seeds: [UInt64] = [0, 1, 2, 3, 4]
    /// Each `key=value,…`; differences are taken to the first.
    public var variants: [String] = []
    /// Each `key=value`.
    public var set: [String] = []
    public var short = false
    public var level = 0.95
    public var resamples = 2_000
    public var curves: [String] = []

    public init() {}

    public init(seeds: [UInt64], variants: [String] = [], set: [String] = [], short: Bool = false) {
        self.seeds = seeds
        self.variants = variants
        self.set = set
        self.short = short
    }

    public static let settings = [
        Setting("seeds", "The seeds under which every variant is run."),
        Setting("variants", "Settings of each variant, as key=value,…; differences are taken to the first."),
        Setting("set", "Settings that all variants share, as key=value."),
        Setting("short", "Whether the experiment's short form is what the settings change."),
        Setting("level", "The coverage that intervals are made for, between 0 and 1."),
        Setting("resamples", "How often seeds are drawn again for bootstrap intervals.", unit: "resamples"),
        Setting("curves", "The metrics whose curves are drawn; empty takes those that all runs measured."),
    ]

    /// The variants by their texts; one that changes nothing where there are none.
    func parsedVariants() throws -> [StudyVariant] {
        variants.isEmpty ? [.base] : try variants.map { try StudyVariant($0) }
    }

    public func validate() throws {
        func fault(_ key: String, _ value: String, _ requirement: String) -> RunsError {
            .invalidSetting(key: key, value: value, requirement: requirement)
        }
        guard !seeds.isEmpty else { throw fault("seeds", "[]", "one seed or more") }
        guard Set(seeds).count == seeds.count else { throw fault("seeds", "\(seeds)", "without a seed twice") }
        guard level > 0, level < 1 else { throw fault("level", "\(level)", "between 0 and 1, for example 0.95") }
        guard (100...1_000_000).contains(resamples) else {
            throw fault("resamples", "\(resamples)", "between 100 and 1,000,000")
        }
        var names: Set<String> = []
        for variant in try parsedVariants() where !names.insert(variant.name).inserted {
            throw RunsError.malformedVariant(text: variant.name, problem: "this variant stands twice")
        }
    }
}
