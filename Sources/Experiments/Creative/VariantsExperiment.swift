import Foundation
import LabCreative
import LabDomain
import LabRuns
import LabStatistics
import LabStorage

/// Writes the ad texts of a campaign: several distinct variants for every kind × reading × platform, within limits and
/// budget.
public struct VariantsExperiment: Experiment {
    public struct Configuration: ExperimentConfiguration {
        public var platforms: [Platform] = [.x, .facebook, .instagram, .linkedin, .tiktok, .google, .email]
        public var variants = 3
        public var attempts = 4
        public var highestSimilarity = 0.6
        public var budget = 0.25
        public var temperature = 0.8
        public var brief = Brief.example
        public var forbiddenTerms = ["cheap", "detox"]

        public init() {}

        public static let settings = [
            Setting("platforms", "Where the ads are shown."),
            Setting("variants", "How many distinct texts each kind, reading and platform gets."),
            Setting("attempts", "How often a text is asked for before a template takes its place."),
            Setting("highestSimilarity", "The largest share of word pairs that two variants may have in common."),
            Setting("budget", "What the language model may cost in all; never exceeded.", unit: "EUR"),
            Setting("temperature", "How freely the model chooses its words; 0 is the most probable text."),
            Setting("brief.brand", "The advertiser's name."),
            Setting("brief.product", "What is advertised, with its article."),
            Setting("brief.facts", "True clauses about it, beginning in lower case; nothing else may be claimed."),
            Setting("brief.offer", "What a promotion offers, as a clause."),
            Setting("brief.kindness", "What an empathising text may say; nothing for sale."),
            Setting("brief.voice", "How the brand speaks."),
            Setting("forbiddenTerms", "Words that the brand does not use."),
        ]

        public func validate() throws {
            func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String)
                throws
            {
                guard holds else {
                    throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
                }
            }
            let names = platforms.map(\.rawValue)
            try require(
                !platforms.isEmpty && !platforms.contains(.unknown) && Set(names).count == names.count, "platforms",
                names, "different platforms with known limits")
            try require((1...20).contains(variants), "variants", variants, "in 1…20")
            try require((1...20).contains(attempts), "attempts", attempts, "in 1…20")
            try require((0...1).contains(highestSimilarity), "highestSimilarity", highestSimilarity, "in 0…1")
            try require(budget >= 0 && Money(units: budget) != nil, "budget", budget, "an amount of at least 0")
            try require((0...2).contains(temperature), "temperature", temperature, "in 0…2")
        }
    }

    public static let name = "creative/variants"
    public static let summary =
        "Writes and checks ad variants for every kind, reading and platform with the stub model."
    public static var smoke: Configuration {
        var configuration = Configuration()
        configuration.platforms = [.instagram, .linkedin, .email]
        configuration.variants = 2
        return configuration
    }

    public init() {}

    public func train(_ configuration: Configuration, _ run: Run) async throws -> Evaluation {
        let prompts = PromptBuilder()
        let writer = VariantWriter(
            client: StubLanguageModel(), model: StubLanguageModel.model, prompts: prompts,
            checks: CopyChecks(brand: BrandRules(forbiddenTerms: configuration.forbiddenTerms)),
            brief: configuration.brief, prices: .stub, temperature: configuration.temperature,
            attempts: configuration.attempts, highestSimilarity: configuration.highestSimilarity)
        let draft = FileManager.default.temporaryDirectory.appending(path: "lab-costs-\(run.id).sqlite")
        defer { try? FileManager.default.removeItem(at: draft) }
        let ledger = try CostLedger(draft, cap: Money(units: configuration.budget) ?? Money(micros: 0))
        let cache = CompletionCache()

        var creatives: [Creative] = []
        var refusals: [VariantWriter.Refusal] = []
        var budgetReached = false
        for (index, platform) in configuration.platforms.enumerated() {
            run.progress(Double(index) / Double(configuration.platforms.count), "writing for \(platform.rawValue)")
            for kind in CreativeKind.allCases {
                for sentiment in Sentiment.allCases {
                    try run.checkCancellation()
                    let result = try await writer.variants(
                        configuration.variants, kind: kind, sentiment: sentiment, platform: platform, ledger: ledger,
                        cache: cache)
                    guard !result.creatives.isEmpty else {
                        throw CreativeError.noCreative(
                            kind: kind, sentiment: sentiment, platform: platform,
                            reasons: result.refusals.flatMap(\.objections).map(\.reason))
                    }
                    creatives += result.creatives
                    refusals += result.refusals
                    budgetReached = budgetReached || result.budgetReached
                }
            }
        }

        let balance = try ledger.balance()
        try ledger.close()
        try run.artifact("costs.sqlite") { try FileManager.default.copyItem(at: draft, to: $0) }
        try run.artifact("creatives.json") { try AtomicFile.write(Self.json(creatives), to: $0) }
        try run.artifact("refusals.json") { try AtomicFile.write(Self.json(refusals), to: $0) }
        try run.artifact("platform-limits.json") { try AtomicFile.write(Self.json(prompts.limits), to: $0) }
        try run.artifact("answers.jsonl") { try cache.save(to: $0) }
        return evaluation(configuration, creatives, refusals, balance, budgetReached, prompts.version)
    }

    private func evaluation(
        _ configuration: Configuration, _ creatives: [Creative], _ refusals: [VariantWriter.Refusal],
        _ balance: CostLedger.Balance, _ budgetReached: Bool, _ promptVersion: String
    ) -> Evaluation {
        let asked = configuration.platforms.count * 9 * configuration.variants
        let likeness = Self.largestLikeness(creatives)
        var evaluation = Evaluation(figures: [
            Figure("creatives", Double(creatives.count), count: asked),
            Figure("refused", Double(refusals.count), count: creatives.count + refusals.count),
            Figure("cost", balance.spent.units, unit: balance.spent.currency, count: balance.calls, better: .lower),
            Figure(
                "fromTemplates", Double(creatives.count { !$0.aiGenerated }), count: creatives.count, better: .lower),
            Figure("largestSimilarity", likeness, count: creatives.count, better: .lower),
            Figure("budget", balance.cap.units, unit: balance.cap.currency),
        ])
        let reasons = Dictionary(grouping: refusals.flatMap(\.objections), by: \.rule).mapValues(\.count)
        evaluation.tables = [
            ResultTable(
                "reasons", columns: ["rule", "texts"],
                rows: reasons.sorted { $0.key < $1.key }.map { [.text($0), Cell($1)] }),
            ResultTable(
                "examples", columns: ["kind", "reading", "platform", "headline", "body", "button", "origin"],
                rows: Self.examples(creatives).map { creative in
                    [
                        .text(creative.kind.name), .text(creative.sentiment.name), .text(creative.platform.rawValue),
                        .text(creative.headline), .text(creative.body), .text(creative.callToAction),
                        .text(creative.origin),
                    ]
                }),
        ]
        evaluation.notes = [
            "The texts come from a deterministic stub, which is no measure of what a language model writes.",
            "Texts of a model are marked aiGenerated; show that mark where the law or the platform asks for it.",
            "Prompts of version \(promptVersion.prefix(12)).",
        ]
        if budgetReached { evaluation.notes.append("The budget was used up; templates took the place of later texts.") }
        return evaluation
    }

    /// The first creative of every kind and reading, on alternating platforms.
    private static func examples(_ creatives: [Creative]) -> [Creative] {
        let platforms = creatives.map(\.platform).reduce(into: [Platform]()) { if !$0.contains($1) { $0.append($1) } }
        guard !platforms.isEmpty else { return [] }
        return CreativeKind.allCases.flatMap { kind in
            Sentiment.allCases.compactMap { sentiment in
                let platform = platforms[(kind.rawValue * 3 + sentiment.rawValue) % platforms.count]
                return creatives.first { $0.kind == kind && $0.sentiment == sentiment && $0.platform == platform }
            }
        }
    }

    private static func largestLikeness(_ creatives: [Creative]) -> Double {
        var largest = 0.0
        for (index, left) in creatives.enumerated() {
            for right in creatives[..<index]
            where left.kind == right.kind && left.sentiment == right.sentiment && left.platform == right.platform {
                let likeness = Distinctness.similarity(
                    left.headline + " " + left.body, right.headline + " " + right.body)
                largest = max(largest, likeness)
            }
        }
        return largest
    }

    private static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value) + Data("\n".utf8)
    }
}
