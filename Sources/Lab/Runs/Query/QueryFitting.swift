import Foundation
import LabStorage

/// Fits a query's values to the fields that they are compared with.
struct QueryFitting {
    let text: String

    func fitted(_ condition: Condition) throws -> Condition {
        switch condition {
        case .all(let parts): .all(try parts.map(fitted))
        case .any(let parts): .any(try parts.map(fitted))
        case .not(let part): .not(try fitted(part))
        case .compare(let field, let comparator, let literal):
            .compare(field, comparator, try fitted(literal, to: field))
        case .within(let field, let literals): .within(field, try literals.map { try fitted($0, to: field) })
        case .contains, .like, .isNaN, .isMissing, .isTrue: condition
        }
    }

    private func fitted(_ literal: Condition.Literal, to field: Condition.FieldName) throws -> Condition.Literal {
        var result = literal
        func refuse(_ expected: String, nearest: String? = nil) -> RunsError {
            .badQuery(
                text: text, position: literal.position,
                problem: "'\(field.name)' is \(expected), not '\(literal.source)'", nearest: nearest)
        }
        switch RunField.own(field.name)?.kind {
        case .number:
            switch literal.value {
            case .number, .whole: break
            default: throw refuse("a number")
            }
        case .bool:
            guard case .bool = literal.value else { throw refuse("true or false") }
        case .moment:
            guard let moment = Self.moment(literal.source) else {
                throw refuse("a moment such as 2026-11-22 or 2026-11-22T08:00:00Z")
            }
            result.value = .number(moment.timeIntervalSince1970)
        case .choice(let words):
            guard words.contains(literal.source) else {
                throw refuse(
                    "one of " + words.joined(separator: ", "), nearest: NearestName.of(literal.source, among: words))
            }
            result.value = .text(literal.source)
        case .text, .list: result.value = .text(literal.source)
        case .any, nil: break
        }
        return result
    }

    /// A day (its beginning in UTC) or a moment in ISO 8601.
    static func moment(_ text: String) -> Date? {
        if let moment = try? Date(text, strategy: .iso8601) { return moment }
        return try? Date(text, strategy: Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
    }
}
