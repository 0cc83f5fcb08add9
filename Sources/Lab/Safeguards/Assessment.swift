public import LabDomain

/// What may be concluded about a person's state before a decision; never stored as a fact about the person.
public enum Assessment: Int, Codable, Sendable, CaseIterable, Hashable {
    /// The reading speaks for distress, grief or crisis: no ad, or a neutral one.
    case distressed = 0
    /// No reading, a broken one, or one of low confidence: nothing that presumes a mood.
    case unknown = 1
    /// A reading of sufficient confidence without signs of distress.
    case clear = 2

    /// The name used in tables and files.
    public var name: String {
        switch self {
        case .distressed: "distressed"
        case .unknown: "unknown"
        case .clear: "clear"
        }
    }

    /// The creative kinds that this assessment leaves; waiting is always left.
    public var permittedKinds: Set<CreativeKind> {
        switch self {
        case .distressed: [.inform]
        case .unknown: [.inform, .empathise]
        case .clear: [.inform, .empathise, .promote]
        }
    }
}
