/// Where the columns of a query come from.
protocol ColumnSource {
    /// How many places for runs there are, empty ones included.
    var slots: Int { get }
    /// Every field that some run has.
    var names: Set<String> { get }
    /// The column of a field; `nil` where no run has it.
    func column(_ name: String) throws -> Column?
}

extension RunQuery {
    /// The columns that every answer needs: what a run is called, and whether a slot is taken.
    static let always = ["experiment", "number", "state"]

    /// Looks for the runs.
    ///
    /// Errors: `RunsError.badQuery` for a filter that no run can be asked, `RunsError.unknownField` for a column or an
    /// order by something unknown.
    func select(from source: some ColumnSource) throws -> RunSelection {
        let members = source.names.filter { name in RunField.groups.contains { name.hasPrefix($0.prefix) } }
        let conditions = try filters.map { try $0.fitted(members: members) }
        if let sort { try Self.check(sort, members) }
        let fields = try columns.flatMap { try Self.expanded($0, members) }

        var loaded: [String: Column] = [:]
        for name in Self.always + conditions.flatMap({ $0.fields.map(\.name) }) + fields + (sort.map { [$0] } ?? [])
        where loaded[name] == nil {
            loaded[name] = try Self.load(name, source)
        }
        let columns = loaded
        func column(_ name: String) -> Column { columns[name] ?? Column() }

        let evaluation = QueryEvaluation(slots: source.slots, column: column)
        let experiments = column("experiment")
        var wanted = (0..<source.slots).map { experiments.kinds[$0] != Column.Kind.missing }
        let total = wanted.count { $0 }
        for condition in conditions {
            let mask = evaluation.mask(condition)
            for slot in 0..<source.slots { wanted[slot] = wanted[slot] && mask[slot] }
        }
        let found = (0..<source.slots).filter { wanted[$0] }
        let order = RunOrder(experiments, column("number"))
        var slots = order.sorted(found, by: sort.map(column), descending: descending)
        if let limit { slots = Array(slots.prefix(max(0, limit))) }
        return RunSelection(matching: found.count, total: total, fields: fields, slots: slots, columns: columns)
    }

    private static func load(_ name: String, _ source: some ColumnSource) throws -> Column {
        var result = Column(slots: source.slots)
        if name == "run" {
            return try run(load("experiment", source), load("number", source))
        }
        var isFirst = true
        for stored in RunField.sources(of: name) where source.names.contains(stored) {
            guard var column = try source.column(stored) else { continue }
            column.extend(to: source.slots)
            result = isFirst ? column : result.filled(from: column)
            isFirst = false
        }
        return result
    }

    private static func run(_ experiments: Column, _ numbers: Column) -> Column {
        Column(
            experiments.kinds.indices.map { slot in
                guard let experiment = experiments[slot].text, let number = numbers[slot].number else {
                    return .missing
                }
                return .text("\(experiment)/\(Int(number))")
            })
    }

    private static func check(_ name: String, _ members: Set<String>) throws {
        let (field, nearest) = RunField.find(name, members: members)
        if field == nil { throw RunsError.unknownField(name: name, nearest: nearest) }
    }

    /// `figures.*` as the names of all figures.
    private static func expanded(_ name: String, _ members: Set<String>) throws -> [String] {
        guard name.hasSuffix(".*"), RunField.groups.contains(where: { $0.prefix == name.dropLast() }) else {
            try check(name, members)
            return [name]
        }
        return members.filter { $0.hasPrefix(name.dropLast()) }.sorted()
    }
}
