/// One run of a study: a variant under a seed.
public struct StudyCell: Sendable, Hashable {
    /// The place of its variant.
    public let variant: Int
    public let seed: UInt64
    /// Under which the study reads it: `<variant>/seed=<seed>`.
    public let role: String
}

/// A study's variants with their complete configurations, and its cells in the order in which they are run.
struct StudyPlan<E: Experiment>: Sendable {
    let variants: [StudyVariant]
    let configurations: [E.Configuration]
    /// All variants under the first seed, then under the second: an interrupted study is complete for some seeds.
    let cells: [StudyCell]

    /// - Throws: what is wrong with a setting, by key and variant; `RunsError.malformedVariant` where two variants are
    ///   the same in effect.
    init(_ configuration: StudyConfiguration) throws {
        try configuration.validate()
        let variants = try configuration.parsedVariants()
        var configurations: [E.Configuration] = []
        for variant in variants {
            var resolver = try ConfigurationResolver(base: configuration.short ? E.smoke : E.Configuration())
            for text in configuration.set { try resolver.apply(override: text) }
            for text in variant.overrides { try resolver.apply(override: text, option: "variant") }
            let resolved = try resolver.resolved()
            if let same = configurations.firstIndex(of: resolved) {
                throw RunsError.malformedVariant(
                    text: variant.name, problem: "it means the same settings as '\(variants[same].name)'")
            }
            configurations.append(resolved)
        }
        self.variants = variants
        self.configurations = configurations
        cells = configuration.seeds.flatMap { seed in
            variants.indices.map { StudyCell(variant: $0, seed: seed, role: "\(variants[$0].name)/seed=\(seed)") }
        }
    }

    /// What the cells read: variants share their inputs.
    func inputs() throws -> [ExperimentInput] { try configurations.first.map { try E.inputs($0) } ?? E.inputs }
}
