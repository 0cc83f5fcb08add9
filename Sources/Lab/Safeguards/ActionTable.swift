public import LabDomain

/// Which creative kind each action of an action space shows; `nil` is waiting.
public struct ActionTable: Hashable, Sendable {
    /// Shape [actions].
    public let kinds: [CreativeKind?]

    /// Throws `SafeguardsError.noWaitingAction` without a waiting action: someone may have objected to everything else.
    public init(kinds: [CreativeKind?]) throws {
        guard kinds.contains(nil) else { throw SafeguardsError.noWaitingAction(actions: kinds.count) }
        self.init(unchecked: kinds)
    }

    private init(unchecked kinds: [CreativeKind?]) { self.kinds = kinds }

    /// EmoSeq's twelve actions: creative kind × three channels in the order of `CreativeKind`, then three waits.
    public static let emoSeq = ActionTable(
        unchecked: CreativeKind.allCases.flatMap { [CreativeKind?](repeating: $0, count: 3) } + [nil, nil, nil])

    /// Actions that show no ad, for environments without people.
    public static func free(actions: Int) -> ActionTable {
        ActionTable(unchecked: Array(repeating: nil, count: max(1, actions)))
    }

    public var count: Int { kinds.count }

    /// Shape [actions]: true for waiting and for the given kinds.
    func mask(_ permitted: Set<CreativeKind>) -> [Bool] {
        kinds.map { kind in kind.map(permitted.contains) ?? true }
    }
}
