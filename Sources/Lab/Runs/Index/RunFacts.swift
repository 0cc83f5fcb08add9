import Foundation

/// Everything that the index holds of one run, by field.
struct RunFacts: Sendable, Equatable {
    var values: [String: RunValue] = [:]

    subscript(field: String) -> RunValue {
        get { values[field] ?? .missing }
        set { values[field] = newValue == .missing ? nil : newValue }
    }

    /// The elements of a list's text: one a line.
    static func elements(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    static func list(_ elements: [String]) -> RunValue { RunValue(elements.joined(separator: "\n")) }
}

/// Facts of several runs in memory: what queries go over where there is no index.
struct FactsTable: ColumnSource {
    let facts: [RunFacts]
    let names: Set<String>

    init(_ facts: [RunFacts]) {
        self.facts = facts
        names = Set(facts.flatMap(\.values.keys))
    }

    var slots: Int { facts.count }

    func column(_ name: String) -> Column? { names.contains(name) ? Column(facts.map { $0[name] }) : nil }
}
