/// A condition on runs as it was written: fields are names, literals are not yet fitted to fields.
indirect enum Condition: Sendable, Equatable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case compare(FieldName, Comparator, Literal)
    case within(FieldName, [Literal])
    case contains(FieldName, String)
    case like(FieldName, String)
    case isNaN(FieldName)
    case isMissing(FieldName)
    case isTrue(FieldName)

    struct FieldName: Sendable, Equatable {
        var name: String
        /// In characters from 1.
        var position: Int
    }

    struct Literal: Sendable, Equatable {
        var value: RunValue
        /// What stood in the query: a date is a text until it meets a field of moments.
        var source: String
        var position: Int
    }

    enum Comparator: String, Sendable, Equatable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .equal: left == right
            case .notEqual: left != right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    /// Every field that is named, in the order of the text.
    var fields: [FieldName] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.fields)
        case .not(let part): part.fields
        case .compare(let field, _, _), .within(let field, _), .contains(let field, _), .like(let field, _),
            .isNaN(let field), .isMissing(let field), .isTrue(let field):
            [field]
        }
    }
}
