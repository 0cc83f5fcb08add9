/// Evaluates a fitted condition over whole columns.
struct QueryEvaluation {
    let slots: Int
    /// The column of a field's name.
    let column: (String) -> Column

    /// Whether each slot fulfils the condition; what stands in empty slots means nothing.
    func mask(_ condition: Condition) -> [Bool] {
        switch condition {
        case .all(let parts): joined(parts, neutral: true) { $0 && $1 }
        case .any(let parts): joined(parts, neutral: false) { $0 || $1 }
        case .not(let part): mask(part).map { !$0 }
        case .compare(let field, let comparator, let literal):
            if RunField.own(field.name)?.kind == .list {
                listMask(field, [literal]).map { $0 == (comparator == .equal) }
            } else {
                mask(field, QueryTest.Comparison(comparator, literal.value))
            }
        case .within(let field, let literals):
            RunField.own(field.name)?.kind == .list
                ? listMask(field, literals)
                : joined(
                    literals.map { .compare(field, .equal, $0) }, neutral: false
                ) { $0 || $1 }
        case .contains(let field, let part):
            textMask(field) { text in
                RunField.own(field.name)?.kind == .list
                    ? RunFacts.elements(text).contains(part) : text.contains(part)
            }
        case .like(let field, let pattern): likeMask(field, Wildcard(pattern))
        case .isNaN(let field): mask(field) { $0.number?.isNaN ?? false }
        case .isMissing(let field): mask(field) { $0 == .missing }
        case .isTrue(let field): mask(field) { $0 == .bool(true) }
        }
    }

    private func joined(_ parts: [Condition], neutral: Bool, _ join: (Bool, Bool) -> Bool) -> [Bool] {
        var result = [Bool](repeating: neutral, count: slots)
        for part in parts {
            let other = mask(part)
            for slot in 0..<slots { result[slot] = join(result[slot], other[slot]) }
        }
        return result
    }

    private func mask(_ field: Condition.FieldName, _ holds: (RunValue) -> Bool) -> [Bool] {
        let column = column(field.name)
        return (0..<slots).map { holds(column[$0]) }
    }

    private func mask(_ field: Condition.FieldName, _ test: QueryTest.Comparison) -> [Bool] {
        let column = column(field.name)
        // Texts stand in a table: each is compared once.
        let texts = column.strings.map(test.holds(text:))
        return (0..<slots).map { slot in
            guard slot < column.kinds.count else { return false }
            return switch column.kinds[slot] {
            case Column.Kind.number: test.holds(number: column.numbers[slot])
            case Column.Kind.text: texts[Int(column.codes[slot])]
            default: test.holds(column[slot])
            }
        }
    }

    private func textMask(_ field: Condition.FieldName, _ holds: (String) -> Bool) -> [Bool] {
        let column = column(field.name)
        let texts = column.strings.map(holds)
        return (0..<slots).map { slot in
            slot < column.kinds.count && column.kinds[slot] == Column.Kind.text && texts[Int(column.codes[slot])]
        }
    }

    private func likeMask(_ field: Condition.FieldName, _ pattern: Wildcard) -> [Bool] {
        let isList = RunField.own(field.name)?.kind == .list
        return textMask(field) { text in
            isList ? RunFacts.elements(text).contains(where: pattern.matches) : pattern.matches(text)
        }
    }

    private func listMask(_ field: Condition.FieldName, _ literals: [Condition.Literal]) -> [Bool] {
        let wanted = Set(literals.map(\.source))
        return textMask(field) { text in RunFacts.elements(text).contains(where: wanted.contains) }
    }
}
