import Foundation
import Testing

@testable import LabRuns

/// Queries against a second, plain way of answering them: one run at a time, without columns.
@Suite struct RunQueryTests {
    private static let fields = [
        "figures.f1", "metrics.f1", "metrics.loss", "config.alpha", "config.name", "config.deep.flag", "seed", "state",
        "smoke", "started", "tags", "id", "figures.`click rate`",
    ]

    private static func facts(_ count: Int, _ generator: inout SplitMix) -> [RunFacts] {
        (0..<count).map { number in
            var facts = RunFacts()
            facts["experiment"] = .text(generator.pick(["a/b", "c/d"]))
            facts["number"] = RunValue(number + 1)
            facts["state"] = .text(generator.pick(["sealed", "interrupted", "running"]))
            facts["smoke"] = .bool(Bool.random(using: &generator))
            facts["seed"] = generator.pick([
                .number(3), .number(4), .whole("9007199254740993"), .whole("18446744073709551615"),
            ])
            facts["started"] = .number(Double(Int.random(in: 1_790_000_000...1_790_300_000, using: &generator)))
            facts["id"] = .text("01K\(number)")
            let numbers: [RunValue] = [
                .missing, .number(0.5), .number(.nan), .number(-1), .number(.infinity), .number(0.7),
            ]
            facts["figures.f1"] = generator.pick(numbers)
            facts["figures.click rate"] = generator.pick(numbers)
            facts["metrics.f1.last"] = generator.pick(numbers)
            facts["metrics.loss.last"] = generator.pick(numbers)
            facts["config.alpha"] = generator.pick((numbers + [.text("auto"), .bool(true)]))
            facts["config.name"] = generator.pick([.missing, .text("walk"), .text("long walk"), .text("Wald")])
            facts["config.deep.flag"] = generator.pick([.missing, .bool(true), .bool(false)])
            facts["tags"] = generator.pick([.missing, .text("best"), .text("best\npaper"), .text("draft")])
            return facts
        }
    }

    private static func value(of field: String, _ generator: inout SplitMix) -> String {
        switch field {
        case "seed": generator.pick(["3", "4", "3.5", "9007199254740993", "18446744073709551615"])
        case "state":
            generator.pick(["sealed", "\"running\"", "failed"]).replacing("failed", with: "damaged")
        case "smoke": generator.pick(["true", "false"])
        case "started": generator.pick(["2026-09-22", "\"2026-09-23T12:00:00Z\""])
        case "tags": generator.pick(["best", "paper", "none"])
        default:
            generator.pick(["0.5", "-1", ".inf", "0.7", "walk", "'long walk'", "auto", "true", "1e-3", ".nan", "01K3"])
        }
    }

    private static func query(_ depth: Int, _ generator: inout SplitMix) -> String {
        if depth > 0, Int.random(in: 0..<3, using: &generator) > 0 {
            let left = query(depth - 1, &generator)
            let right = query(depth - 1, &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: return "\(left) and \(right)"
            case 1: return "(\(left) or \(right))"
            case 2: return "not (\(left))"
            default: return "\(left) OR \(right)"
            }
        }
        let field = generator.pick(fields)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return "\(field) in (\(value(of: field, &generator)), \(value(of: field, &generator)))"
        case 1: return "\(field) is \(generator.pick(["", "not "]))missing"
        case 2: return "\(field) is nan"
        case 3: return "\(field) contains wal"
        case 4: return "\(field) not like '\(generator.pick(["*al*", "w*k", "best", "l*w*"]))'"
        case 5: return field
        default:
            let sign = generator.pick(Condition.Comparator.allCases).rawValue
            return "\(field)\(sign)\(value(of: field, &generator))"
        }
    }

    @Test func columnsAnswerAsThePlainReferenceDoes() throws {
        var generator = SplitMix(state: 42)
        let facts = Self.facts(300, &generator)
        let table = FactsTable(facts)
        var found = 0
        for _ in 0..<1500 {
            let text = Self.query(3, &generator)
            let filter = try RunFilter(text)
            let fitted = try filter.fitted(members: table.names)
            let expected = facts.filter { PlainEvaluation.holds(fitted, $0) }.map { $0["number"] }
            let selection = try RunQuery([filter], sort: "number").select(from: table)
            let answer = (0..<selection.count).map { selection[$0, "number"] }
            let isSame = answer == expected
            #expect(isSame, "\(text)")
            found += expected.count
        }
        // The queries are neither all empty nor all full.
        #expect(found > 30_000 && found < 400_000, "\(found)")
    }

    @Test func ordersAreStableAndPutNothingLast() throws {
        var generator = SplitMix(state: 1)
        let facts = Self.facts(200, &generator)
        for sort in ["figures.f1", "config.alpha", "config.name", "seed", "tags", "metrics.f1"] {
            for descending in [false, true] {
                let selection = try RunQuery(sort: sort, descending: descending, columns: [sort]).select(
                    from: FactsTable(facts))
                let keys = (0..<selection.count).map { selection[$0, sort] }
                let isNothing = keys.map { $0 == .missing || ($0.number?.isNaN ?? false) }
                #expect(isNothing == isNothing.sorted { !$0 && $1 }, "\(sort)")
                let numbers = keys.compactMap(\.number).filter { !$0.isNaN }
                #expect(numbers == (descending ? numbers.sorted(by: >) : numbers.sorted()), "\(sort)")
                let texts = keys.compactMap(\.text)
                #expect(texts == (descending ? texts.sorted(by: >) : texts.sorted()), "\(sort)")
                for row in 1..<selection.count where keys[row] == keys[row - 1] {
                    let before = (selection.experiment(row - 1), selection.number(row - 1))
                    #expect(before < (selection.experiment(row), selection.number(row)))
                }
            }
        }
    }

    @Test(arguments: [
        ("", 1, nil), ("figures.f1", 1, nil), ("seed >", 7, nil), ("seed = three", 8, nil),
        ("seed = 3 adn smoke", 10, "and"), ("(seed = 3", 10, nil), ("seed = 'x", 8, nil),
        ("fgures.f1 > 1", 1, "figures.f1"),
        ("f1 > 1", 1, "figures.f1"), ("state = seald", 9, "sealed"), ("started > yesterday", 11, nil),
        ("smoke = 1", 9, nil), ("seed = 3)", 9, nil), ("seed in ()", 10, nil), ("and", 1, nil),
        ("seed is nn", 9, "nan"),
        ("seed ! 3", 6, nil), ("config.alpah = 1", 1, "config.alpha"), ("seed = 3 seed = 4", 10, nil),
    ])
    func mistakesHaveAPlaceAndAHint(text: String, position: Int, hint: String?) throws {
        let names: Set<String> = ["figures.f1", "config.alpha"]
        do {
            let filter = try RunFilter(text)
            _ = try filter.fitted(members: names)
            #expect(text == "figures.f1")
        } catch RunsError.badQuery(_, let found, _, let nearest) {
            #expect(found == position, "\(text)")
            #expect(nearest == hint, "\(text)")
        }
    }

    @Test func anyTextIsReadOrRefused() throws {
        var generator = SplitMix(state: 77)
        let pieces = [
            "(", ")", "and", "or", "not", "in", "like", "is", "nan", "=", "!=", "<", ",", "'", "\"", "`", "seed", "3",
            "é",
            "figures.`", "\u{0}", "\n", "💥", ".", "-", "*", "contains", "missing",
        ]
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0..<14, using: &generator)).map { _ in
                generator.pick(pieces)
            }.joined(separator: Bool.random(using: &generator) ? " " : "")
            do {
                _ = try RunFilter(text)
                read += 1
            } catch RunsError.badQuery(_, let position, _, _) {
                #expect(position >= 1 && position <= text.count + 1, "\(text)")
            }
        }
        #expect(read > 50)
        #expect(throws: RunsError.self) { try RunFilter(String(repeating: "(", count: 5000)) }
        #expect(throws: RunsError.self) { try RunFilter(String(repeating: "x", count: 20_000)) }
        let chain = Array(repeating: "seed = 3", count: 700).joined(separator: " and ")
        #expect(try RunQuery([RunFilter(chain)]).select(from: FactsTable([])).count == 0)
    }

    @Test func wildcardsMatchAsASlowMatcherDoes() {
        var generator = SplitMix(state: 3)
        func slow(_ pattern: Substring, _ text: Substring) -> Bool {
            guard let first = pattern.first else { return text.isEmpty }
            if first == "*" {
                return slow(pattern.dropFirst(), text) || (!text.isEmpty && slow(pattern, text.dropFirst()))
            }
            return text.first == first && slow(pattern.dropFirst(), text.dropFirst())
        }
        for _ in 0..<3000 {
            let pattern = String(
                (0..<Int.random(in: 0..<6, using: &generator)).map { _ in generator.pick("ab*") })
            let text = String(
                (0..<Int.random(in: 0..<8, using: &generator)).map { _ in generator.pick("ab") })
            #expect(Wildcard(pattern).matches(text) == slow(pattern[...], text[...]), "\(pattern) \(text)")
        }
    }
}

/// The meaning of queries written down a second time, as simply as possible.
enum PlainEvaluation {
    static func holds(_ condition: Condition, _ facts: RunFacts) -> Bool {
        switch condition {
        case .all(let parts): return parts.allSatisfy { holds($0, facts) }
        case .any(let parts): return parts.contains { holds($0, facts) }
        case .not(let part): return !holds(part, facts)
        case .compare(let field, let sign, let literal):
            if field.name == "tags" {
                let has = tags(facts).contains(literal.source)
                return sign == .equal ? has : !has
            }
            return compare(value(field.name, facts), sign, literal.value)
        case .within(let field, let literals):
            if field.name == "tags" { return literals.contains { tags(facts).contains($0.source) } }
            return literals.contains { compare(value(field.name, facts), .equal, $0.value) }
        case .contains(let field, let part):
            if field.name == "tags" { return tags(facts).contains(part) }
            return value(field.name, facts).text?.contains(part) ?? false
        case .like(let field, let pattern):
            let texts = field.name == "tags" ? tags(facts) : [value(field.name, facts).text].compactMap { $0 }
            return texts.contains(where: Wildcard(pattern).matches)
        case .isNaN(let field):
            if case .number(let number) = value(field.name, facts) { return number.isNaN }
            return false
        case .isMissing(let field): return value(field.name, facts) == .missing
        case .isTrue(let field): return value(field.name, facts) == .bool(true)
        }
    }

    private static func tags(_ facts: RunFacts) -> [String] {
        facts["tags"].text.map { $0.components(separatedBy: "\n") } ?? []
    }

    private static func value(_ field: String, _ facts: RunFacts) -> RunValue {
        guard field.hasPrefix("metrics.") else { return facts[field] }
        let name = field.dropFirst(8)
        return facts["figures.\(name)"] != .missing ? facts["figures.\(name)"] : facts["metrics.\(name).last"]
    }

    private static func compare(_ left: RunValue, _ sign: Condition.Comparator, _ right: RunValue) -> Bool {
        if left == .missing || left.isNaN || right.isNaN { return false }
        switch (left, right) {
        case (.text(let a), .text(let b)): return sign.holds(a, b)
        case (.bool(let a), .bool(let b)): return sign == .equal ? a == b : sign == .notEqual ? a != b : false
        case (.number, .number), (.whole, .number), (.number, .whole), (.whole, .whole):
            return sign.holds(decimal(left), decimal(right))
        default: return sign == .notEqual
        }
    }

    /// Exact for every whole number here; infinities as numbers beyond all of them.
    private static func decimal(_ value: RunValue) -> Decimal {
        switch value {
        case .whole(let digits): Decimal(string: digits) ?? .nan
        case .number(.infinity): Decimal(string: "1e60") ?? .nan
        case .number(let number): Decimal(number)
        default: .nan
        }
    }
}

extension RunValue {
    fileprivate var isNaN: Bool { if case .number(let number) = self { number.isNaN } else { false } }
}
