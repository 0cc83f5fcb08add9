import Foundation
import LabSimulation
import LabStorage

/// The column map for logged decisions of a user's own: `kind: journeys` or `kind: bandit`.
///
/// ```yaml
/// kind: journeys
/// name: my-journeys
/// columns:
///   episode: customer        # rows of one customer stand together
///   step: week               # a number or a time, rising within an episode
///   action: shown
///   reward: profit
///   propensity: p            # all from here on may be left out
///   terminal: churned
///   elapsed: weeks
///   segment: segment
/// features: [mood, visits]
/// actions: [hold, calm, bold]     # numbered from 0 in this order; or how many, where the column holds numbers
/// permitted: {hold: may_hold, calm: may_calm}
/// outcome: {engagements: clicks, revenue: paid}
/// discount: 0.95
/// ```
///
/// For `kind: bandit` each row is an episode of its own: `episode`, `step`, `terminal` and `elapsed` have no meaning, and
/// the discount is 1.
public struct JourneyMap: Sendable, Equatable {
    /// What kind of rows there are.
    public enum Kind: String, Sendable { case journeys, bandit }

    /// What a column can mean.
    enum Role: String, CaseIterable { case episode, step, action, reward, propensity, terminal, elapsed, segment }

    static let outcomes = ["engagements", "conversions", "complaints", "revenue", "cost"]

    var file: String
    public var kind: Kind
    public var name: String?
    public var format: UserMap.Format?
    public var separator: Character?
    var columns: [Role: String] = [:]
    public var features: [String] = []
    /// Names of the actions, in the order of their numbers.
    public var actions: [String] = []
    /// The column for each action that has one.
    var permitted: [String: String] = [:]
    /// The column for each part of an outcome that has one.
    var outcome: [String: String] = [:]
    /// Discount a period, in (0, 1].
    public var discount: Double
    public var licence: String
    public var commercialUse: Bool
    public var summary: String

    private static let keys = [
        "kind", "name", "format", "separator", "columns", "features", "actions", "permitted", "outcome", "discount",
        "licence", "commercial-use", "description",
    ]

    /// Whether a map is of this type rather than one of posts; throws `StorageError.invalidMap` for an unknown kind.
    public static func describes(_ url: URL) throws -> Bool {
        guard let kind = try UserMap.fields(url)["kind"].map({ "\($0)" }), kind != "posts" else { return false }
        guard Kind(rawValue: kind) != nil else {
            throw StorageError.invalidMap(file: url.path, reason: "kind is \(kind), not posts, journeys or bandit")
        }
        return true
    }

    /// Reads a map; an unknown key, role or action is an error that names the nearest one.
    public static func read(_ url: URL) throws -> JourneyMap {
        try JourneyMap(UserMap.fields(url), file: url.path)
    }

    private init(_ fields: [String: Any], file: String) throws {
        func invalid(_ reason: String) -> StorageError { .invalidMap(file: file, reason: reason) }
        func names(_ key: String, _ known: [String]) throws -> [String: String] {
            let pairs = (fields[key] as? [String: Any] ?? [:]).mapValues { "\($0)" }
            for name in pairs.keys.sorted() where !known.contains(name) {
                throw invalid("\(key): unknown \(UserMap.suggestion(name, known))")
            }
            return pairs
        }
        for key in fields.keys.sorted() where !Self.keys.contains(key) {
            throw invalid("unknown key \(UserMap.suggestion(key, Self.keys))")
        }
        self.file = file
        guard let kind = Kind(rawValue: fields["kind"].map { "\($0)" } ?? "journeys") else {
            throw invalid("kind is neither journeys nor bandit")
        }
        self.kind = kind
        name = fields["name"].map { "\($0)" }
        format = try UserMap.format(fields, file: file)
        separator = try UserMap.separator(fields, file: file)
        discount = (fields["discount"] as? Double) ?? (fields["discount"] as? Int).map(Double.init) ?? 1
        licence = fields["licence"].map { "\($0)" } ?? "not stated"
        commercialUse = fields["commercial-use"] as? Bool ?? false
        summary = fields["description"].map { "\($0)" } ?? "Logged decisions, added by the user."
        for (key, column) in try names("columns", Self.roles(of: kind).map(\.rawValue)) {
            if let role = Role(rawValue: key) { columns[role] = column }
        }
        for role in kind == .journeys ? [Role.episode, .step, .action, .reward] : [.action, .reward]
        where columns[role] == nil {
            throw invalid("columns must name \(role.rawValue)")
        }
        features = (fields["features"] as? [Any] ?? []).map { "\($0)" }
        guard !features.isEmpty, Set(features).count == features.count else {
            throw invalid("features must list the columns that are the observation, each once")
        }
        actions =
            (fields["actions"] as? Int).map { (0..<max(0, $0)).map(String.init) }
            ?? (fields["actions"] as? [Any] ?? []).map { "\($0)" }
        guard !actions.isEmpty, actions.count <= 1 << 16, Set(actions).count == actions.count else {
            throw invalid("actions must list the actions, each once, or say how many there are")
        }
        permitted = try names("permitted", actions)
        outcome = try names("outcome", Self.outcomes)
        guard discount > 0, discount <= 1, kind == .journeys || discount == 1 else {
            throw invalid("the discount is \(discount); it must be above 0 and at most 1, and 1 for a bandit")
        }
    }

    private static func roles(of kind: Kind) -> [Role] {
        kind == .journeys ? Role.allCases : [.action, .reward, .propensity, .segment]
    }

    /// The columns that are read, in the order in which `JourneyRow` takes their values.
    var allColumns: [String] {
        Role.allCases.compactMap { columns[$0] } + features + actions.compactMap { permitted[$0] }
            + Self.outcomes.compactMap { outcome[$0] }
    }
}
