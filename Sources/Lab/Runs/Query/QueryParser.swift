import LabStorage

/// Reads a query by recursive descent.
///
/// ```
/// query     = both { "or" both }
/// both      = single { "and" single }
/// single    = "not" single | "(" query ")" | field [ test ]
/// test      = ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
///           | [ "not" ] "in" "(" value { "," value } ")"
///           | [ "not" ] "contains" value | [ "not" ] "like" value
///           | "is" [ "not" ] ( "nan" | "missing" )
/// ```
struct QueryParser {
    static let deepest = 100
    static let reserved = ["and", "or", "not", "in", "contains", "like", "is"]

    private let text: String
    private let tokens: [QueryLexer.Token]
    private var next = 0
    private var depth = 0

    private init(_ text: String) throws {
        self.text = text
        tokens = try QueryLexer.tokens(text)
    }

    static func parse(_ text: String) throws -> Condition {
        var parser = try QueryParser(text)
        let condition = try parser.query()
        guard parser.token.kind == .end else {
            throw parser.error("'and' or 'or' was expected, found '\(parser.token.text)'", among: ["and", "or"])
        }
        return condition
    }

    private var token: QueryLexer.Token { tokens[min(next, tokens.count - 1)] }

    private func error(_ problem: String, at position: Int? = nil, among known: [String] = []) -> RunsError {
        .badQuery(
            text: text, position: position ?? token.position, problem: problem,
            nearest: token.kind == .word ? NearestName.of(token.text, among: known) : nil)
    }

    private mutating func takes(_ word: String) -> Bool {
        guard token.kind == .word, token.text.lowercased() == word else { return false }
        next += 1
        return true
    }

    private mutating func takes(sign: String) -> Bool {
        guard token.kind == .sign, token.text == sign else { return false }
        next += 1
        return true
    }

    private mutating func query() throws -> Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw error("it is nested too deeply") }
        var parts = [try both()]
        while takes("or") { parts.append(try both()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both() throws -> Condition {
        var parts = [try single()]
        while takes("and") { parts.append(try single()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func single() throws -> Condition {
        var isNegated = false
        while takes("not") { isNegated.toggle() }
        let condition = try positive()
        return isNegated ? .not(condition) : condition
    }

    private mutating func positive() throws -> Condition {
        if takes(sign: "(") {
            let inner = try query()
            guard takes(sign: ")") else { throw error("')' is missing") }
            return inner
        }
        return try test(field())
    }

    private mutating func field() throws -> Condition.FieldName {
        let found = token
        let isReserved = found.kind == .word && Self.reserved.contains(found.text.lowercased())
        guard found.kind == .word || found.kind == .name, !isReserved else {
            let what = found.kind == .end ? "the query ends" : "found '\(found.text)'"
            throw error("a field such as figures.f1 was expected, but \(what)")
        }
        next += 1
        return Condition.FieldName(name: found.text, position: found.position)
    }

    private mutating func test(_ field: Condition.FieldName) throws -> Condition {
        if token.kind == .sign, let comparator = Condition.Comparator(rawValue: token.text) {
            next += 1
            return .compare(field, comparator, try literal())
        }
        if takes("is") {
            let isNegated = takes("not")
            let condition: Condition
            if takes("nan") {
                condition = .isNaN(field)
            } else if takes("missing") {
                condition = .isMissing(field)
            } else {
                throw error("'nan' or 'missing' must follow 'is'", among: ["nan", "missing"])
            }
            return isNegated ? .not(condition) : condition
        }
        let start = next
        let isNegated = takes("not")
        var condition: Condition?
        if takes("in") { condition = .within(field, try list()) }
        if condition == nil, takes("contains") { condition = .contains(field, try literal().source) }
        if condition == nil, takes("like") { condition = .like(field, try literal().source) }
        if let condition { return isNegated ? .not(condition) : condition }
        next = start
        switch token.kind {
        case .end: return .isTrue(field)
        case .sign where token.text == ")": return .isTrue(field)
        case .word where ["and", "or"].contains(token.text.lowercased()): return .isTrue(field)
        default:
            throw error(
                "a comparison such as '>' must follow '\(field.name)', found '\(token.text)'",
                among: Self.reserved)
        }
    }

    private mutating func list() throws -> [Condition.Literal] {
        guard takes(sign: "(") else { throw error("'(' must follow 'in'") }
        var values = [try literal()]
        while takes(sign: ",") { values.append(try literal()) }
        guard takes(sign: ")") else { throw error("')' is missing after the values") }
        return values
    }

    private mutating func literal() throws -> Condition.Literal {
        let found = token
        switch found.kind {
        case .quoted: next += 1
        case .word where !Self.reserved.contains(found.text.lowercased()): next += 1
        case .end: throw error("a value is missing")
        default: throw error("a value was expected, found '\(found.text)'; put texts in quotes")
        }
        let value =
            found.kind == .quoted ? RunValue.text(found.text) : RunValue(ConfigurationValue(plainScalar: found.text))
        return Condition.Literal(
            value: value == .missing ? .text(found.text) : value, source: found.text, position: found.position)
    }
}
