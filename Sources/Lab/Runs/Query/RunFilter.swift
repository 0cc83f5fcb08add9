/// A condition that runs fulfil or not, such as `figures.f1 > 0.7 and config.seed = 3`.
///
/// Fields are those of `RunField`; `metrics.NAME` is the figure of that name, else the last value of the metric. Values are
/// numbers, `true`, `false`, words, texts in quotes and, for `started` and `sealed`, dates (`2026-11-22`,
/// `2026-11-22T08:00:00Z`). Tests are `= != < <= > >=`, `in (…)`, `contains`, `like` with `*`, `is nan` and
/// `is missing`, joined by `and`, `or`, `not` and parentheses; a field alone asks whether it is true. A comparison with
/// something that is missing or not a number is false, `!=` too. For lists such as `tags`, `=` asks whether one element is
/// equal, and `!=` whether none is.
public struct RunFilter: Sendable, Equatable {
    let condition: Condition
    /// What was parsed; empty for a filter that a program made.
    let text: String

    /// Reads a query; throws `RunsError.badQuery` with the position of what is wrong.
    public init(_ text: String) throws {
        self.text = text
        condition = try QueryParser.parse(text)
    }

    private init(condition: Condition) {
        self.condition = condition
        text = ""
    }

    /// Runs in one of these states; throws `RunsError.badQuery` where there is none of that name.
    public static func states(_ states: [String]) -> RunFilter { within("state", states) }

    /// Runs of this experiment.
    public static func experiment(_ name: String) -> RunFilter { within("experiment", [name]) }

    /// Runs with this tag.
    public static func tag(_ tag: String) -> RunFilter { within("tags", [tag]) }

    /// The runs with these ids, and the runs that read one of them.
    public static func related(to ids: [String]) -> RunFilter {
        RunFilter(condition: .any([within("id", ids).condition, within("parents", ids).condition]))
    }

    /// Runs whose id begins so.
    static func idPrefix(_ prefix: String) -> RunFilter {
        RunFilter(condition: .like(Condition.FieldName(name: "id", position: 0), prefix + "*"))
    }

    private static func within(_ field: String, _ values: [String]) -> RunFilter {
        RunFilter(
            condition: .within(
                Condition.FieldName(name: field, position: 0),
                values.map { Condition.Literal(value: .text($0), source: $0, position: 0) }))
    }

    /// Throws `RunsError.badQuery` where a field is unknown or a value does not fit its field; returns the condition with
    /// values fitted.
    ///
    /// - Parameter members: the members of groups that some run has.
    func fitted(members: Set<String>) throws -> Condition {
        for name in condition.fields {
            let (field, nearest) = RunField.find(name.name, members: members)
            guard field == nil else { continue }
            throw RunsError.badQuery(
                text: text, position: name.position, problem: "no run has a field '\(name.name)'", nearest: nearest)
        }
        return try QueryFitting(text: text).fitted(condition)
    }
}
