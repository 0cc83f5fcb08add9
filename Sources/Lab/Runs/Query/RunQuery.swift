/// Which runs are wanted, in which order, and what is to be known of them.
public struct RunQuery: Sendable, Equatable {
    /// All of them must hold.
    public var filters: [RunFilter]
    /// A field's name; runs without a value for it come last. `nil` sorts by experiment and number, which also decides
    /// between equals.
    public var sort: String?
    public var descending: Bool
    public var limit: Int?
    /// The fields of the answer; `figures.*`, `config.*` and `metrics.*` stand for all members of a group.
    public var columns: [String]

    public init(
        _ filters: [RunFilter] = [], sort: String? = nil, descending: Bool = false, limit: Int? = nil,
        columns: [String] = []
    ) {
        self.filters = filters
        self.sort = sort
        self.descending = descending
        self.limit = limit
        self.columns = columns
    }
}

/// What a query found: rows of values.
public struct RunSelection: Sendable {
    /// How many runs fulfil the filters, whatever the limit.
    public let matching: Int
    /// How many runs were looked at.
    public let total: Int
    /// The fields of the answer, in the order in which they were asked for.
    public let fields: [String]
    let slots: [Int]
    let columns: [String: Column]

    /// How many rows there are.
    public var count: Int { slots.count }

    /// The value of one of `fields`, or of `experiment`, `number` or `state`.
    public subscript(row: Int, field: String) -> RunValue { columns[field]?[slots[row]] ?? .missing }

    /// Experiment and number.
    public func reference(_ row: Int) -> String { "\(experiment(row))/\(number(row))" }

    public func experiment(_ row: Int) -> String { self[row, "experiment"].text ?? "" }

    public func number(_ row: Int) -> Int { Int(self[row, "number"].number ?? 0) }
}
