import LabDomain

/// Texts that need no language model: what is shown when none answers, none passes or the budget is used up.
public struct HouseTemplates: Sendable {
    public static let version = "house-1"

    public init() {}

    /// A copy for the task, cut to the platform's limits.
    public func copy(for task: CopyTask, brief: Brief, limits: PlatformLimits) throws -> Copy {
        let (headline, body) = Self.sources(task.kind)
        let fact = brief.facts.isEmpty ? "" : brief.facts[(task.variant - 1) % brief.facts.count]
        let kindness = brief.kindness.isEmpty ? "" : brief.kindness[(task.variant - 1) % brief.kindness.count]
        let values: [String: SlotValue] = [
            "brand": .text(brief.brand), "product": .text(brief.product), "fact": .text(Self.sentence(fact)),
            "offer": .text(Self.capitalised(brief.offer)), "kindness": .text(Self.capitalised(kindness)),
            "about": .text("About \(brief.product)."),
        ]
        func rendered(_ source: String, _ part: CopyPart) throws -> String {
            let limit = limits.limit(task.platform, part).map { ($0.maximum, $0.unit) }
            return try Template(name: "house.\(task.kind.name).\(part.rawValue)", source).rendered(values, limit: limit)
        }
        let label = limits.labels(task.platform)?.first ?? "Learn more"
        return Copy(
            headline: try rendered(headline, .headline), body: try rendered(body, .body), callToAction: label)
    }

    private static func sources(_ kind: CreativeKind) -> (headline: String, body: String) {
        switch kind {
        case .inform: ("{brand}: {product|news}", "{fact:text|See what is inside.} {about|}")
        case .empathise: ("{kindness:text|A quiet moment}", "{kindness:text|Take your time}.")
        case .promote: ("{offer:text|Something extra}", "{offer:text|There is something extra}. {fact|}")
        }
    }

    private static func sentence(_ clause: String) -> String { clause.isEmpty ? "" : capitalised(clause) + "." }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
